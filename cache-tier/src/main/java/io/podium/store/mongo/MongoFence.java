package io.podium.store.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.concurrent.CompletableFuture;

/**
 * The highest fencing token seen, for all listings. It is looked up before each publication, which
 * fences a former updater off what the new one has not published yet; the token in each document,
 * which its update asks for, closes the gap between look-up and write.
 */
final class MongoFence {
  private static final String ID = "fence";
  private static final FindOneAndUpdateOptions RAISE =
      new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

  private final MongoLink link;
  private final String collection;

  MongoFence(MongoLink link, String collection) {
    this.link = link;
    this.collection = collection;
  }

  /** Whether no higher token was seen; raises the fence to this one. */
  CompletableFuture<Boolean> passes(long token) {
    return Publishers.first(link.writes(collection).find(eq("_id", ID)))
        .thenCompose(
            found -> {
              long highest = found.map(d -> d.getLong("token")).orElse(Long.MIN_VALUE);
              return highest < token
                  ? raise(token)
                  : CompletableFuture.completedFuture(highest == token);
            });
  }

  private CompletableFuture<Boolean> raise(long token) {
    return Publishers.first(
            link.writes(collection)
                .findOneAndUpdate(eq("_id", ID), Updates.max("token", token), RAISE))
        .thenApply(after -> after.map(d -> d.getLong("token") == token).orElse(true))
        .exceptionallyCompose(
            failure ->
                // Two first publishers at once: the other one's insert was faster.
                MongoFailures.isDuplicateKey(failure)
                    ? passes(token)
                    : CompletableFuture.failedFuture(failure));
  }
}
