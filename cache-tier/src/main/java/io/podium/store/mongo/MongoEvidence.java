package io.podium.store.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.podium.codec.KeyText;
import io.podium.listing.ListingKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Why entries stood where they did, one document for each epoch that has it: beside the history and
 * never in what readers load. What is written once stays as it is until it is pruned.
 */
public final class MongoEvidence {
  private static final String EVIDENCE = "evidence";
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final List<IndexModel> INDEXES =
      List.of(
          new IndexModel(new Document("k", 1).append("epoch", 1)),
          new IndexModel(new Document("k", 1).append("t", -1).append("epoch", -1)));

  private final MongoLink link;
  private volatile boolean prepared;

  /**
   * Evidence of one epoch.
   *
   * @param asOf when it was true, in whole microseconds: the epoch's own moment, or a later one at
   *     which that epoch stood still
   * @param value opaque here
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once; equal only to itself.
  public record Row(ListingKey key, long epoch, Instant asOf, byte[] value) {}

  /**
   * @param link stays the caller's to close
   */
  public MongoEvidence(MongoLink link) {
    this.link = link;
  }

  /** Adds rows; an epoch that has one keeps it. */
  public CompletionStage<Void> add(List<Row> rows) {
    List<UpdateOneModel<Document>> writes = new ArrayList<>();
    for (Row row : rows) {
      String k = KeyText.write(row.key());
      Bson content =
          Updates.combine(
              Updates.setOnInsert("k", k),
              Updates.setOnInsert("epoch", row.epoch()),
              Updates.setOnInsert("t", MongoHistory.micros(row.asOf())),
              Updates.setOnInsert("value", new Binary(row.value())));
      writes.add(new UpdateOneModel<>(eq("_id", k + "@" + row.epoch()), content, UPSERT));
    }
    return prepare()
        .thenCompose(
            ready ->
                Publishers.first(link.writes(EVIDENCE).bulkWrite(writes, UNORDERED))
                    .thenAccept(done -> {}))
        .exceptionallyCompose(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<Void> prepare() {
    return prepared
        ? CompletableFuture.completedFuture(null)
        : Publishers.all(link.writes(EVIDENCE).createIndexes(INDEXES))
            .thenAccept(names -> prepared = true);
  }

  /** Of exactly this epoch. */
  public CompletionStage<Optional<Row>> find(ListingKey key, long epoch) {
    return first(key, eq("epoch", epoch), new Document());
  }

  /** The newest that was true at the moment or before. */
  public CompletionStage<Optional<Row>> findAsOf(ListingKey key, Instant moment) {
    Document newestFirst = new Document("t", -1).append("epoch", -1);
    return first(key, lte("t", MongoHistory.micros(moment)), newestFirst);
  }

  private CompletionStage<Optional<Row>> first(ListingKey key, Bson filter, Document sort) {
    return Publishers.all(
            link.reads(EVIDENCE).find(and(eq("k", KeyText.write(key)), filter)).sort(sort).limit(1))
        .thenApply(found -> found.stream().findFirst().map(d -> row(key, d)));
  }

  private static Row row(ListingKey key, Document d) {
    long micros = d.getLong("t");
    Instant asOf =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    return new Row(key, d.getLong("epoch"), asOf, MongoListingStore.bytes(d));
  }

  /** Drops what is older. */
  public CompletionStage<Void> prune(ListingKey key, Instant before) {
    Bson old = and(eq("k", KeyText.write(key)), lt("t", MongoHistory.micros(before)));
    return Publishers.first(link.writes(EVIDENCE).deleteMany(old)).thenAccept(done -> {});
  }
}
