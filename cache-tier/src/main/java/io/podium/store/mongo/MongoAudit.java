package io.podium.store.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Every change that merchandisers made ({@code audit}) and what it comes to ({@code rules}). Rows
 * are only added, each once, whoever adds it; an older row never replaces a newer state.
 */
public final class MongoAudit {
  private static final String AUDIT = "audit";
  private static final String RULES = "rules";
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
  private static final BulkWriteOptions ORDERED = new BulkWriteOptions().ordered(true);

  private final MongoLink link;

  /**
   * One change.
   *
   * @param kind {@code rule} or {@code hold}
   * @param before JSON; null: nothing stood there
   * @param after JSON; null: deleted
   */
  public record Row(
      long millis,
      long sequence,
      String kind,
      String subject,
      @Nullable String before,
      @Nullable String after,
      String author,
      String reason) {}

  /**
   * @param link stays the caller's to close
   */
  public MongoAudit(MongoLink link) {
    this.link = link;
  }

  public CompletionStage<Optional<Row>> newest() {
    return Publishers.first(link.reads(AUDIT).find().sort(new Document("_id", -1)).limit(1))
        .thenApply(found -> found.map(MongoAudit::row));
  }

  /** Rows after that one, oldest first. */
  public CompletionStage<List<Row>> after(long millis, long sequence, int limit) {
    return Publishers.all(
            link.reads(AUDIT)
                .find(gt("_id", id(millis, sequence)))
                .sort(new Document("_id", 1))
                .limit(limit))
        .thenApply(found -> found.stream().map(MongoAudit::row).toList());
  }

  /**
   * Adds rows in their order; those that are there already stay as they are. States first: what was
   * cut off in between is added again, as its row is not there yet.
   */
  public CompletionStage<Void> add(List<Row> rows) {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (Row row : rows) {
      done = done.thenCompose(v -> state(row));
    }
    return rows.isEmpty() ? done : done.thenCompose(v -> insert(rows));
  }

  private CompletableFuture<Void> insert(List<Row> rows) {
    List<UpdateOneModel<Document>> writes = new ArrayList<>();
    for (Row r : rows) {
      List<Bson> fields = new ArrayList<>();
      fields.add(Updates.setOnInsert("kind", r.kind()));
      fields.add(Updates.setOnInsert("subject", r.subject()));
      fields.add(Updates.setOnInsert("before", r.before()));
      fields.add(Updates.setOnInsert("after", r.after()));
      fields.add(Updates.setOnInsert("author", r.author()));
      fields.add(Updates.setOnInsert("reason", r.reason()));
      fields.add(Updates.setOnInsert("at", r.millis()));
      writes.add(
          new UpdateOneModel<>(
              eq("_id", id(r.millis(), r.sequence())), Updates.combine(fields), UPSERT));
    }
    return Publishers.first(link.writes(AUDIT).bulkWrite(writes, ORDERED))
        .thenAccept(done -> {})
        .exceptionallyCompose(MongoAudit::unlessDuplicate);
  }

  private CompletableFuture<Void> state(Row r) {
    String version = id(r.millis(), r.sequence());
    Bson change = Updates.combine(Updates.set("v", version), Updates.set("value", r.after()));
    return Publishers.first(
            link.writes(RULES)
                .updateOne(
                    and(eq("_id", r.kind() + ":" + r.subject()), lt("v", version)), change, UPSERT))
        .thenAccept(done -> {})
        .exceptionallyCompose(MongoAudit::unlessDuplicate);
  }

  private static CompletableFuture<Void> unlessDuplicate(Throwable failure) {
    return MongoFailures.isDuplicateKey(failure)
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(failure);
  }

  /** Sorts as the log does. */
  private static String id(long millis, long sequence) {
    return String.format(Locale.ROOT, "%016d-%010d", millis, sequence);
  }

  private static Row row(Document d) {
    String id = d.getString("_id");
    int dash = id.indexOf('-');
    return new Row(
        Long.parseLong(id.substring(0, dash)),
        Long.parseLong(id.substring(dash + 1)),
        d.getString("kind"),
        d.getString("subject"),
        d.getString("before"),
        d.getString("after"),
        d.getString("author"),
        d.getString("reason"));
  }
}
