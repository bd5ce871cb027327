package io.podium.ranking.stream;

import static io.podium.ranking.stream.RedisScript.bytes;

import io.lettuce.core.ScriptOutputType;
import io.podium.store.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The lease in Redis: {@code podium:lease} holds "token holder" and expires. */
public final class RedisLease implements LeaseRecord {
  private static final String LEASE = "podium:lease";
  private static final String TOKEN = "podium:token";

  private static final RedisScript TAKE =
      RedisScript.of(
          ScriptOutputType.VALUE,
          """
          local held = redis.call('GET', KEYS[1])
          if held then
            if string.sub(held, string.find(held, ' ') + 1) == ARGV[1] then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
            end
            return held
          end
          local last = tonumber(redis.call('GET', KEYS[2]) or '0')
          local token = string.format('%.0f', math.max(last + 1, tonumber(ARGV[3])))
          redis.call('SET', KEYS[2], token)
          held = token .. ' ' .. ARGV[1]
          redis.call('SET', KEYS[1], held, 'PX', ARGV[2])
          return held
          """);

  private static final RedisScript RELEASE =
      RedisScript.of(
          ScriptOutputType.INTEGER,
          """
          local held = redis.call('GET', KEYS[1])
          if held and string.sub(held, string.find(held, ' ') + 1) == ARGV[1] then
            return redis.call('DEL', KEYS[1])
          end
          return 0
          """);

  private final RedisLink link;

  public RedisLease(RedisLink link) {
    this.link = link;
  }

  @Override
  public CompletionStage<Held> take(String holder, Duration ttl, long nowMillis) {
    byte[][] arguments = {bytes(holder), bytes(ttl.toMillis()), bytes(nowMillis)};
    return link.write(r -> TAKE.<byte[]>run(r, new String[] {LEASE, TOKEN}, arguments))
        .thenApply(RedisLease::held);
  }

  @Override
  public CompletionStage<Void> release(String holder) {
    return link.write(r -> RELEASE.<Long>run(r, new String[] {LEASE}, bytes(holder)))
        .thenAccept(deleted -> {});
  }

  @Override
  public CompletionStage<Optional<Held>> holder() {
    return link.write(r -> r.get(LEASE))
        .thenApply((byte @Nullable [] v) -> Optional.ofNullable(v).map(RedisLease::held));
  }

  private static Held held(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    return new Held(text.substring(space + 1), Long.parseLong(text, 0, space, 10));
  }
}
