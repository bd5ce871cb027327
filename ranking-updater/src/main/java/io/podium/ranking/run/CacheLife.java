package io.podium.ranking.run;

import io.lettuce.core.SetArgs;
import io.podium.ranking.stream.Await;
import io.podium.store.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Which life of the cache role this is: a mark in it, and the server's own run id. Another one
 * means that it was emptied, or may have lost something: cards and listings are written to it anew.
 * {@link #step} on one thread, {@link #id} from any.
 */
final class CacheLife {
  private static final String MARK = "podium:life";
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private final RedisLink cache;
  private volatile String id = "";

  CacheLife(RedisLink cache) {
    this.cache = cache;
  }

  /** Looks; answers whether it is another life than the one seen before. */
  boolean step() {
    byte[] mine = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    Await.on(cache.write(r -> r.set(MARK, mine, SetArgs.Builder.nx())), DEADLINE);
    byte[] mark = Await.on(cache.write(r -> r.get(MARK)), DEADLINE);
    String now =
        new String(mark, StandardCharsets.US_ASCII) + "/" + Await.on(cache.incarnation(), DEADLINE);
    boolean other = !id.isEmpty() && !id.equals(now);
    id = now;
    return other;
  }

  /** Empty until the cache role was reached. */
  String id() {
    return id;
  }
}
