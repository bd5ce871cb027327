package io.podium.ranking.run;

import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.store.mongo.MongoLink;
import io.podium.store.redis.RedisLink;
import java.nio.file.Path;

/** The stores of one test, as processes. */
final class Backends implements AutoCloseable {
  final RedisProcess events;
  final RedisProcess cache;
  final MongoProcess mongo;
  private final RedisLink cacheLink;
  private final RedisLink eventsLink;
  private final MongoLink mongoLink;

  Backends(Path dir) {
    events = RedisProcess.start(dir.resolve("events"), RedisProcess.Role.EVENTS);
    cache = RedisProcess.start(dir.resolve("cache"), RedisProcess.Role.CACHE);
    mongo = MongoProcess.start(dir.resolve("mongo"), MongoProcess.Kind.MEMORY);
    cacheLink = RedisLink.open("redis-cache", cache.uri(), RedisLimits.DEFAULT);
    eventsLink = RedisLink.open("redis-events", events.uri(), RedisLimits.DEFAULT);
    mongoLink = MongoLink.open(mongo.uri(), "podium", MongoLimits.DEFAULT);
  }

  RedisLink cacheLink() {
    return cacheLink;
  }

  RedisLink eventsLink() {
    return eventsLink;
  }

  MongoLink mongoLink() {
    return mongoLink;
  }

  @Override
  public void close() {
    cacheLink.close();
    eventsLink.close();
    mongoLink.close();
    mongo.close();
    cache.close();
    events.close();
  }
}
