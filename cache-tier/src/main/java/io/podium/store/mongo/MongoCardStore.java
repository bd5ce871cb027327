package io.podium.store.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.podium.card.Card;
import io.podium.codec.CardCodec;
import io.podium.store.Batches;
import io.podium.store.CardStore;
import io.podium.store.Check;
import io.podium.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Cards in Mongo. A merge reads, merges here and updates only documents whose change count is as it
 * was read; when one was overtaken, the whole batch goes round again: what is stored already is
 * found to need no change.
 */
public final class MongoCardStore implements CardStore {
  private static final String CARDS = "cards";
  private static final int BATCH = 500;
  private static final int ROUNDS = 20;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoLink link;
  private final LongAdder unreadable = new LongAdder();

  /**
   * @param link stays the caller's to close
   */
  public MongoCardStore(MongoLink link) {
    this.link = link;
  }

  @Override
  public CompletionStage<Map<String, Card>> find(Collection<String> productIds) {
    return Batches.inTurn(
            List.copyOf(productIds),
            BATCH,
            ids -> Publishers.all(link.reads(CARDS).find(in("_id", ids)).batchSize(BATCH)))
        .thenApply(
            batches -> {
              Map<String, Card> cards = new HashMap<>();
              batches.forEach(b -> b.forEach(d -> decoded(d, cards)));
              return cards;
            });
  }

  /** One unreadable card does not hide the others: it is as if it were not there. */
  private void decoded(Document document, Map<String, Card> cards) {
    Card card = readable(document);
    if (card != null) {
      cards.put(card.productId(), card);
    }
  }

  private @Nullable Card readable(Document document) {
    try {
      Card card = CardCodec.decode(MongoListingStore.bytes(document));
      if (card.productId().equals(document.getString("_id"))) {
        return card;
      }
    } catch (StoreException e) {
      // Counted below; the next merge replaces it.
    }
    unreadable.increment();
    return null;
  }

  @Override
  public CompletionStage<List<String>> merge(Collection<Card> changes) {
    Map<String, Card> byId = new LinkedHashMap<>();
    changes.forEach(c -> byId.merge(c.productId(), c, Card::merge));
    return Batches.inTurn(
            List.copyOf(byId.values()), BATCH, b -> merge(b, new LinkedHashSet<>(), ROUNDS))
        .thenApply(batches -> batches.stream().flatMap(Set::stream).toList());
  }

  private CompletableFuture<Set<String>> merge(
      List<Card> changes, Set<String> changed, int rounds) {
    if (rounds == 0) {
      return CompletableFuture.failedFuture(
          new StoreException(StoreException.Kind.BUSY, "cards change too fast to merge", null));
    }
    List<String> ids = changes.stream().map(Card::productId).toList();
    return Publishers.all(link.writes(CARDS).find(in("_id", ids)).batchSize(BATCH))
        .thenCompose(
            stored -> {
              List<WriteModel<Document>> writes = writes(changes, stored, changed);
              return writes.isEmpty()
                  ? CompletableFuture.completedFuture(changed)
                  : write(writes)
                      .thenCompose(
                          all ->
                              all
                                  ? CompletableFuture.completedFuture(changed)
                                  : merge(changes, changed, rounds - 1));
            });
  }

  private List<WriteModel<Document>> writes(
      List<Card> changes, List<Document> stored, Set<String> changed) {
    Map<String, Document> byId = new HashMap<>();
    stored.forEach(d -> byId.put(d.getString("_id"), d));
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (Card change : changes) {
      Document old = byId.get(change.productId());
      Card before = old == null ? null : readable(old);
      Card after = before == null ? change : before.merge(change);
      if (!after.equals(before)) {
        changed.add(change.productId());
        writes.add(write(after, old));
      }
    }
    return writes;
  }

  private static WriteModel<Document> write(Card card, @Nullable Document old) {
    Binary value = new Binary(CardCodec.encode(card));
    if (old == null) {
      return new InsertOneModel<>(
          new Document("_id", card.productId()).append("v", 1L).append("value", value));
    }
    long v = old.get("v") instanceof Number number ? number.longValue() : 0;
    return new UpdateOneModel<>(
        and(eq("_id", card.productId()), eq("v", old.get("v"))),
        Updates.combine(Updates.set("v", v + 1), Updates.set("value", value)));
  }

  /** Whether every write found what it expected. */
  private CompletableFuture<Boolean> write(List<WriteModel<Document>> writes) {
    return Publishers.first(link.writes(CARDS).bulkWrite(writes, UNORDERED))
        .thenApply(
            r ->
                r.map(w -> w.getMatchedCount() + w.getInsertedCount() == writes.size())
                    .orElse(false))
        .exceptionallyCompose(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? CompletableFuture.completedFuture(false)
                    : CompletableFuture.failedFuture(failure));
  }

  /** Cards that were found damaged, and left out or replaced; alert when it grows. */
  public long unreadable() {
    return unreadable.sum();
  }

  @Override
  public CompletionStage<Optional<List<Card>>> scan(String afterId, int limit) {
    return Publishers.all(
            link.reads(CARDS)
                .find(gt("_id", afterId))
                .sort(new Document("_id", 1))
                .limit(Math.max(1, limit)))
        .thenCompose(
            documents -> {
              Map<String, Card> cards = new LinkedHashMap<>();
              documents.forEach(d -> decoded(d, cards));
              // An empty page means the end: a page of nothing but damaged cards is not one.
              return cards.isEmpty() && !documents.isEmpty()
                  ? scan(documents.get(documents.size() - 1).getString("_id"), limit)
                  : CompletableFuture.completedFuture(Optional.of(List.copyOf(cards.values())));
            });
  }

  @Override
  public CompletionStage<Check> check() {
    return link.check();
  }

  @Override
  public void close() {
    // The link is shared with the other stores of this database; whoever opened it closes it.
  }
}
