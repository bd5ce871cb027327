package io.podium.store.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.podium.codec.BoardsCodec;
import io.podium.codec.KeyText;
import io.podium.codec.ListingCodec;
import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.Batches;
import io.podium.store.Check;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import io.podium.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Listings in Mongo. The newest goes in by an upsert that asks for an older epoch and no newer
 * token: when that finds nothing, the upsert's insert meets the id that is there, which means
 * "older" or "fenced". History follows; a repeated publication completes it. Moments are compared
 * in whole microseconds.
 */
public final class MongoListingStore implements ListingStore {
  private static final String LISTINGS = "listings";
  private static final String META = "meta";
  private static final String BOARDS = "boards";
  private static final int BATCH = 500;
  private static final int MAX_HISTORY = 1000;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoLink link;
  private final MongoHistory history;
  private final MongoFence fence;

  /**
   * @param link stays the caller's to close
   */
  public MongoListingStore(MongoLink link) {
    this.link = link;
    this.history = new MongoHistory(link);
    this.fence = new MongoFence(link, META);
  }

  @Override
  public CompletionStage<Optional<Listing>> find(ListingKey key) {
    return Publishers.first(link.reads(LISTINGS).find(eq("_id", KeyText.write(key))))
        .thenApply(found -> found.map(d -> MongoHistory.listing(key, d)));
  }

  @Override
  public CompletionStage<Optional<Listing>> findEpoch(ListingKey key, long epoch) {
    return history
        .first(key, eq("epoch", epoch), new Document())
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedFuture(found)
                    : find(key).thenApply(newest -> newest.filter(l -> l.epoch() == epoch)));
  }

  @Override
  public CompletionStage<Optional<Listing>> findAsOf(ListingKey key, Instant moment) {
    Document newestFirst = new Document("t", -1).append("epoch", -1);
    return history.first(key, lte("t", MongoHistory.micros(moment)), newestFirst);
  }

  @Override
  public CompletionStage<List<Listing>> history(ListingKey key, long afterEpoch, int limit) {
    return history.all(
        key,
        gt("epoch", afterEpoch),
        new Document("epoch", 1),
        Math.min(Math.max(limit, 1), MAX_HISTORY));
  }

  @Override
  public CompletionStage<Map<ListingKey, Long>> epochs(Collection<ListingKey> keys) {
    Map<String, ListingKey> byText = new HashMap<>();
    keys.forEach(k -> byText.put(KeyText.write(k), k));
    return Batches.inTurn(List.copyOf(byText.keySet()), BATCH, this::epochs)
        .thenApply(
            batches -> {
              Map<ListingKey, Long> epochs = new HashMap<>();
              for (List<Document> batch : batches) {
                for (Document d : batch) {
                  ListingKey key = byText.get(d.getString("_id"));
                  // Without a number it is not readable, which a reader finds out.
                  if (key != null && d.get("epoch") instanceof Number epoch) {
                    epochs.put(key, epoch.longValue());
                  }
                }
              }
              return epochs;
            });
  }

  private CompletableFuture<List<Document>> epochs(List<String> ids) {
    return Publishers.all(
        link.reads(LISTINGS).find(in("_id", ids)).projection(include("epoch")).batchSize(BATCH));
  }

  @Override
  public CompletionStage<PublishResult> publish(
      Listing listing, Optional<Listing> before, long token) {
    byte[] value = ListingCodec.encode(listing);
    Bson change = change(listing, token, value);
    String id = KeyText.write(listing.key());
    return history
        .prepare()
        .thenCompose(ready -> replace(LISTINGS, id, listing.epoch(), token, change))
        .thenCompose(
            outcome ->
                outcome.writesHistory()
                    ? history.add(listing, value).thenApply(done -> outcome.result())
                    : CompletableFuture.completedFuture(outcome.result()));
  }

  private static Bson change(Listing listing, long token, byte[] value) {
    long t = MongoHistory.micros(listing.shownFrom());
    return Updates.combine(content(listing.epoch(), token, value), Updates.set("t", t));
  }

  /** One look-up of the fence and two writes for all; what met its id is told apart one by one. */
  @Override
  public CompletionStage<List<PublishResult>> publishAll(List<Listing> listings, long token) {
    if (listings.size() < 2) {
      return ListingStore.super.publishAll(listings, token);
    }
    return history
        .prepare()
        .thenCompose(ready -> fence.passes(token))
        .thenCompose(
            passes ->
                passes
                    ? together(listings, token)
                    : CompletableFuture.completedFuture(
                        Collections.nCopies(listings.size(), PublishResult.FENCED)));
  }

  private CompletionStage<List<PublishResult>> together(List<Listing> listings, long token) {
    List<WriteModel<Document>> writes = new ArrayList<>();
    List<WriteModel<Document>> additions = new ArrayList<>();
    for (Listing listing : listings) {
      byte[] value = ListingCodec.encode(listing);
      Bson older = older(KeyText.write(listing.key()), listing.epoch(), token);
      writes.add(new UpdateOneModel<>(older, change(listing, token, value), UPSERT));
      additions.add(MongoHistory.addition(listing, value));
    }
    return Publishers.first(link.writes(LISTINGS).bulkWrite(writes, UNORDERED))
        .thenApply(done -> Set.<Integer>of())
        .exceptionallyCompose(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? CompletableFuture.completedFuture(MongoFailures.duplicates(failure))
                    : CompletableFuture.failedFuture(failure))
        .thenCompose(refused -> finish(listings, additions, refused, token));
  }

  private CompletionStage<List<PublishResult>> finish(
      List<Listing> listings,
      List<WriteModel<Document>> additions,
      Set<Integer> refused,
      long token) {
    List<WriteModel<Document>> stored = new ArrayList<>();
    List<CompletionStage<PublishResult>> results = new ArrayList<>();
    for (int i = 0; i < listings.size(); i++) {
      if (refused.contains(i)) {
        results.add(publish(listings.get(i), Optional.empty(), token));
      } else {
        stored.add(additions.get(i));
        results.add(CompletableFuture.completedFuture(PublishResult.STORED));
      }
    }
    return history.add(stored).thenCompose(done -> Batches.together(results));
  }

  private static Bson older(String id, long epoch, long token) {
    return and(eq("_id", id), lt("epoch", epoch), lte("token", token));
  }

  /**
   * @param writesHistory it is this very publication that is stored, now or by an earlier try
   */
  private record Outcome(PublishResult result, boolean writesHistory) {}

  private CompletionStage<Outcome> replace(
      String collection, String id, long epoch, long token, Bson change) {
    Bson older = older(id, epoch, token);
    return fence
        .passes(token)
        .thenCompose(
            passes ->
                passes
                    ? upsert(collection, id, epoch, token, older, change)
                    : CompletableFuture.completedFuture(new Outcome(PublishResult.FENCED, false)));
  }

  private CompletableFuture<Outcome> upsert(
      String collection, String id, long epoch, long token, Bson older, Bson change) {
    return Publishers.first(link.writes(collection).updateOne(older, change, UPSERT))
        .thenApply(done -> new Outcome(PublishResult.STORED, true))
        .exceptionallyCompose(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? refused(collection, id, epoch, token)
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<Outcome> refused(String collection, String id, long epoch, long token) {
    return Publishers.first(
            link.writes(collection).find(eq("_id", id)).projection(include("epoch", "token")))
        .thenApply(
            found -> {
              long storedToken = found.map(d -> d.getLong("token")).orElse(0L);
              long storedEpoch = found.map(d -> d.getLong("epoch")).orElse(0L);
              return storedToken > token
                  ? new Outcome(PublishResult.FENCED, false)
                  : new Outcome(PublishResult.OLDER, storedEpoch == epoch && storedToken == token);
            });
  }

  private static Bson content(long epoch, long token, byte[] value) {
    return Updates.combine(
        Updates.set("epoch", epoch),
        Updates.set("token", token),
        Updates.set("value", new Binary(value)));
  }

  @Override
  public CompletionStage<Boards> boards() {
    return Publishers.first(link.reads(META).find(eq("_id", BOARDS)))
        .thenApply(found -> found.map(MongoListingStore::boards).orElse(Boards.NONE));
  }

  @Override
  public CompletionStage<Long> boardsVersion() {
    return Publishers.first(link.reads(META).find(eq("_id", BOARDS)).projection(include("epoch")))
        .thenApply(
            found ->
                found
                    .map(d -> d.get("epoch"))
                    .map(epoch -> epoch instanceof Number n ? n.longValue() : 0L)
                    .orElse(0L));
  }

  private static Boards boards(Document document) {
    return BoardsCodec.decode(bytes(document));
  }

  @Override
  public CompletionStage<PublishResult> publishBoards(Boards boards, long token) {
    Bson change = content(boards.version(), token, BoardsCodec.encode(boards));
    return replace(META, BOARDS, boards.version(), token, change).thenApply(Outcome::result);
  }

  @Override
  public Set<String> damaged() {
    return history.damaged();
  }

  /** Epochs of the past that were found damaged, and left out; alert when it grows. */
  public long unreadable() {
    return history.unreadable();
  }

  @Override
  public CompletionStage<Void> prune(ListingKey key, Instant before, long since) {
    return history.drop(key, before, since);
  }

  @Override
  public CompletionStage<Check> check() {
    return link.check();
  }

  @Override
  public void close() {
    // The link is shared with the other stores of this database; whoever opened it closes it.
  }

  static byte[] bytes(Document document) {
    if (document.get("value") instanceof Binary binary) {
      return binary.getData();
    }
    throw new StoreException(StoreException.Kind.CORRUPT, "a document without a value", null);
  }
}
