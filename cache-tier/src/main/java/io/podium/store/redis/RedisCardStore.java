package io.podium.store.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import io.podium.card.Card;
import io.podium.codec.CardCodec;
import io.podium.store.Batches;
import io.podium.store.CardStore;
import io.podium.store.Check;
import io.podium.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Cards in Redis, always read from the primary: an announcement of a card has no version by which
 * an older copy would be found out. A merge reads, merges here and replaces only what is still as
 * it was read; who was overtaken reads again.
 */
public final class RedisCardStore implements CardStore {
  private static final int BATCH = 256;
  private static final int ROUNDS = 20;
  private static final RedisScript REPLACE = RedisScript.of("card.lua");

  private final RedisLink link;
  private final LongAdder unreadable = new LongAdder();

  /**
   * @param link stays the caller's to close
   */
  public RedisCardStore(RedisLink link) {
    this.link = link;
  }

  @Override
  public CompletionStage<Map<String, Card>> find(Collection<String> productIds) {
    return Batches.inTurn(List.copyOf(productIds), BATCH, this::fetch)
        .thenApply(
            batches -> {
              Map<String, Card> cards = new HashMap<>();
              batches.forEach(b -> b.forEach((id, bytes) -> decoded(id, bytes, cards)));
              return cards;
            });
  }

  /** One unreadable card does not hide the others: it is as if it were not there. */
  private void decoded(String id, byte[] bytes, Map<String, Card> cards) {
    Card card = readable(id, bytes);
    if (card != null) {
      cards.put(id, card);
    }
  }

  private @Nullable Card readable(String id, byte[] bytes) {
    try {
      Card card = CardCodec.decode(bytes);
      if (card.productId().equals(id)) {
        return card;
      }
    } catch (StoreException e) {
      // Counted below; the next merge replaces it.
    }
    unreadable.increment();
    return null;
  }

  private CompletionStage<Map<String, byte[]>> fetch(List<String> ids) {
    String[] keys = ids.stream().map(RedisKeys::card).toArray(String[]::new);
    return link.read(redis -> redis.mget(keys)).thenApply(values -> present(ids, values));
  }

  private static Map<String, byte[]> present(
      List<String> ids, List<KeyValue<String, byte[]>> values) {
    Map<String, byte[]> present = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      if (values.get(i).hasValue()) {
        present.put(ids.get(i), values.get(i).getValue());
      }
    }
    return present;
  }

  @Override
  public CompletionStage<List<String>> merge(Collection<Card> changes) {
    Map<String, Card> byId = new LinkedHashMap<>();
    changes.forEach(c -> byId.merge(c.productId(), c, Card::merge));
    return Batches.inTurn(List.copyOf(byId.values()), BATCH, b -> merge(b, ROUNDS))
        .thenApply(batches -> batches.stream().flatMap(List::stream).toList());
  }

  private CompletableFuture<List<String>> merge(List<Card> changes, int rounds) {
    if (rounds == 0) {
      return CompletableFuture.failedFuture(
          new StoreException(StoreException.Kind.BUSY, "cards change too fast to merge", null));
    }
    List<String> ids = changes.stream().map(Card::productId).toList();
    return fetch(ids).toCompletableFuture().thenCompose(stored -> replace(changes, stored, rounds));
  }

  private CompletableFuture<List<String>> replace(
      List<Card> changes, Map<String, byte[]> stored, int rounds) {
    List<Card> differing = new ArrayList<>();
    List<CompletionStage<Boolean>> replaced = new ArrayList<>();
    for (Card change : changes) {
      byte[] old = stored.get(change.productId());
      Card before = old == null ? null : readable(change.productId(), old);
      Card after = before == null ? change : before.merge(change);
      if (!after.equals(before)) {
        differing.add(change);
        replaced.add(replace(after, old));
      }
    }
    return Batches.together(replaced)
        .thenCompose(outcomes -> overtaken(differing, outcomes, rounds));
  }

  private CompletionStage<Boolean> replace(Card card, byte @Nullable [] old) {
    String digest = old == null ? "" : RedisScript.sha1(old);
    byte[] bytes = CardCodec.encode(card);
    return link.write(
            redis ->
                REPLACE.<Long>run(
                    redis,
                    ScriptOutputType.INTEGER,
                    new String[] {RedisKeys.card(card.productId())},
                    digest.getBytes(StandardCharsets.US_ASCII),
                    bytes))
        .thenApply(code -> code == 1);
  }

  private CompletableFuture<List<String>> overtaken(
      List<Card> changes, List<Boolean> outcomes, int rounds) {
    List<String> done = new ArrayList<>();
    List<Card> again = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      if (outcomes.get(i)) {
        done.add(changes.get(i).productId());
      } else {
        again.add(changes.get(i));
      }
    }
    if (again.isEmpty()) {
      return CompletableFuture.completedFuture(done);
    }
    return merge(again, rounds - 1)
        .thenApply(
            rest -> {
              done.addAll(rest);
              return done;
            });
  }

  /** Cards that were found damaged, and left out or replaced; alert when it grows. */
  public long unreadable() {
    return unreadable.sum();
  }

  /** Redis cannot list its keys in order. */
  @Override
  public CompletionStage<Optional<List<Card>>> scan(String afterId, int limit) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<Check> check() {
    return link.check();
  }

  @Override
  public void close() {
    // The link is shared with the other stores of this Redis; whoever opened it closes it.
  }
}
