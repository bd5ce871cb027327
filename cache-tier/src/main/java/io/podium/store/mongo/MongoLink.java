package io.podium.store.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.event.CommandListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.store.Check;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The way to one Mongo database (a replica set, Amazon DocumentDB, a single server), with limits
 * that fail fast. Opening only starts the driver's monitor in the background; it does not wait for
 * a server. Safe from any thread.
 */
public final class MongoLink implements AutoCloseable {
  private final MongoLimits limits;
  private final MongoClient client;
  private final MongoDatabase database;

  private MongoLink(MongoClient client, String database, MongoLimits limits) {
    this.client = client;
    this.database = client.getDatabase(database);
    this.limits = limits;
  }

  public static MongoLink open(String uri, String database, MongoLimits limits) {
    return open(uri, database, limits, null);
  }

  /**
   * @param listener hears of every command; null for none
   */
  public static MongoLink open(
      String uri, String database, MongoLimits limits, @Nullable CommandListener listener) {
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(uri))
            .applicationName("podium")
            // DocumentDB has no retryable writes; a failed read is better answered by another tier.
            .retryWrites(false)
            .retryReads(false)
            .timeout(limits.write().toMillis(), TimeUnit.MILLISECONDS)
            .applyToClusterSettings(
                c -> c.serverSelectionTimeout(limits.select().toMillis(), TimeUnit.MILLISECONDS))
            .applyToServerSettings(
                s -> s.heartbeatFrequency(limits.heartbeat().toMillis(), TimeUnit.MILLISECONDS))
            .applyToSocketSettings(
                s -> s.connectTimeout(limits.select().toMillis(), TimeUnit.MILLISECONDS))
            .applyToConnectionPoolSettings(p -> p.maxSize(limits.connections()));
    if (limits.ready() > 0) {
      settings.applyToConnectionPoolSettings(p -> p.minSize(limits.ready()));
    }
    if (!limits.caFile().isEmpty()) {
      // Added to what the URI says: tls=true stands there.
      settings.applyToSslSettings(ssl -> ssl.context(MongoTls.trusting(limits.caFile())));
    }
    if (listener != null) {
      settings.addCommandListener(listener);
    }
    return new MongoLink(MongoClients.create(settings.build()), database, limits);
  }

  /**
   * The collection for reads, each within {@link MongoLimits#read}; from where the URI's {@code
   * readPreference} says, as {@code secondaryPreferred}.
   */
  MongoCollection<Document> reads(String collection) {
    return database
        .getCollection(collection)
        .withTimeout(limits.read().toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The collection for writes and for the reads that they build upon, which a secondary could
   * answer too old; each within {@link MongoLimits#write}.
   */
  MongoCollection<Document> writes(String collection) {
    return database.getCollection(collection).withReadPreference(ReadPreference.primary());
  }

  /** Asks the server; never fails. */
  public CompletableFuture<Check> check() {
    return Publishers.first(database.runCommand(new BsonDocument("ping", new BsonInt32(1))))
        .handle(
            (pong, failure) ->
                failure == null
                    ? new Check("mongo", true, "answers")
                    : new Check("mongo", false, MongoFailures.text(failure)));
  }

  @Override
  public void close() {
    client.close();
  }
}
