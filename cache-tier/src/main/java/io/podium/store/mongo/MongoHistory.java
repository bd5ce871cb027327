package io.podium.store.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.podium.codec.KeyText;
import io.podium.codec.ListingCodec;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/** Published epochs, one document each: whole listings, deflated. */
final class MongoHistory {
  private static final String HISTORY = "history";
  private static final int MOST_NAMED = 100;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
  private static final List<IndexModel> INDEXES =
      List.of(
          new IndexModel(new Document("k", 1).append("epoch", 1)),
          new IndexModel(new Document("k", 1).append("t", -1).append("epoch", -1)));

  private final MongoLink link;
  private final LongAdder unreadable = new LongAdder();
  private final Set<String> damaged = ConcurrentHashMap.newKeySet();
  private volatile boolean prepared;

  MongoHistory(MongoLink link) {
    this.link = link;
  }

  /** Creates the indexes once; asking for those that exist changes nothing. */
  CompletableFuture<Void> prepare() {
    if (prepared) {
      return CompletableFuture.completedFuture(null);
    }
    return Publishers.all(link.writes(HISTORY).createIndexes(INDEXES))
        .thenAccept(names -> prepared = true);
  }

  CompletableFuture<Void> add(Listing listing, byte[] value) {
    return add(List.of(addition(listing, value)));
  }

  /** What {@link #add} writes of it. */
  static WriteModel<Document> addition(Listing listing, byte[] value) {
    String k = KeyText.write(listing.key());
    Bson content =
        Updates.combine(
            Updates.setOnInsert("k", k),
            Updates.setOnInsert("epoch", listing.epoch()),
            Updates.setOnInsert("t", micros(listing.shownFrom())),
            Updates.setOnInsert("value", new Binary(value)));
    return new UpdateOneModel<>(eq("_id", k + "@" + listing.epoch()), content, UPSERT);
  }

  CompletableFuture<Void> add(List<WriteModel<Document>> additions) {
    if (additions.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return Publishers.first(link.writes(HISTORY).bulkWrite(additions, UNORDERED))
        .thenAccept(done -> {})
        .exceptionallyCompose(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(failure));
  }

  CompletableFuture<Optional<Listing>> first(ListingKey key, Bson filter, Bson sort) {
    return documents(key, filter, sort, 1)
        .thenApply(found -> found.stream().findFirst().map(d -> listing(key, d)));
  }

  /** One unreadable epoch does not hide the others: it is as if it were not there. */
  CompletableFuture<List<Listing>> all(ListingKey key, Bson filter, Bson sort, int limit) {
    return documents(key, filter, sort, limit)
        .thenApply(found -> found.stream().flatMap(d -> readable(key, d).stream()).toList());
  }

  private CompletableFuture<List<Document>> documents(
      ListingKey key, Bson filter, Bson sort, int limit) {
    return Publishers.all(
        link.reads(HISTORY).find(and(eq("k", KeyText.write(key)), filter)).sort(sort).limit(limit));
  }

  private Optional<Listing> readable(ListingKey key, Document document) {
    try {
      return Optional.of(listing(key, document));
    } catch (StoreException e) {
      unreadable.increment();
      if (damaged.size() < MOST_NAMED) {
        damaged.add(document.get("_id") + ": " + e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Names of the first of them, with the reason. */
  Set<String> damaged() {
    return Set.copyOf(damaged);
  }

  /** Epochs that were found damaged, and left out. */
  long unreadable() {
    return unreadable.sum();
  }

  /** Drops what is before the moment, and before the epoch that was the newest at {@code since}. */
  CompletableFuture<Void> drop(ListingKey key, Instant before, long since) {
    Bson own = eq("k", KeyText.write(key));
    Bson then = and(own, lte("epoch", since));
    return Publishers.first(
            link.writes(HISTORY)
                .find(then)
                .projection(include("epoch"))
                .sort(descending("epoch"))
                .limit(1))
        .thenCompose(
            newest ->
                newest.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : drop(
                        and(own, lt("epoch", newest.get().get("epoch")), lt("t", micros(before)))));
  }

  private CompletableFuture<Void> drop(Bson filter) {
    return Publishers.first(link.writes(HISTORY).deleteMany(filter)).thenAccept(done -> {});
  }

  static Listing listing(ListingKey key, Document document) {
    Listing listing = ListingCodec.decode(MongoListingStore.bytes(document));
    if (!listing.key().equals(key)) {
      throw new StoreException(
          StoreException.Kind.CORRUPT, "another listing is stored under this key", null);
    }
    return listing;
  }

  static long micros(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1000);
  }
}
