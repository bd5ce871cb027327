package io.podium.ranking.stream;

import io.lettuce.core.XTrimArgs;
import io.podium.ranking.stream.EventLog.Retention;
import io.podium.store.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Which updaters there are, and what each has safe: the streams keep all that one still needs. */
final class Registry {
  private static final String KEY = "podium:updaters";

  private final RedisLink link;

  Registry(RedisLink link) {
    this.link = link;
  }

  /**
   * @param heardAt wall clock, ms
   */
  private record Registered(long heardAt, EntryId events, EntryId products) {
    String text() {
      return heardAt + " " + events + " " + products;
    }

    static @Nullable Registered parse(byte[] value) {
      try {
        String[] words = new String(value, StandardCharsets.UTF_8).split(" ", -1);
        return new Registered(
            Long.parseLong(words[0]), EntryId.parse(words[1]), EntryId.parse(words[2]));
      } catch (RuntimeException e) {
        return null;
      }
    }

    EntryId safe(StreamName stream) {
      return stream == StreamName.EVENTS ? events : products;
    }
  }

  CompletionStage<Void> register(String updater, Positions safe, long nowMillis) {
    Registered mine = new Registered(nowMillis, safe.events().id(), safe.products().id());
    byte[] value = mine.text().getBytes(StandardCharsets.UTF_8);
    return link.write(r -> r.hset(KEY, updater, value)).thenAccept(added -> {});
  }

  CompletionStage<Void> trim(long nowMillis, Retention retention) {
    return link.write(r -> r.hgetall(KEY)).thenCompose(all -> trim(all, nowMillis, retention));
  }

  private CompletionStage<Void> trim(Map<String, byte[]> all, long nowMillis, Retention retention) {
    long heardSince = nowMillis - retention.forget().toMillis();
    EntryId young = new EntryId(nowMillis - retention.keep().toMillis(), 0);
    List<CompletionStage<?>> calls = new ArrayList<>();
    List<Registered> living = new ArrayList<>();
    all.forEach(
        (name, value) -> {
          Registered r = Registered.parse(value);
          if (r == null || r.heardAt() < heardSince) {
            calls.add(link.write(redis -> redis.hdel(KEY, name)));
          } else {
            living.add(r);
          }
        });
    for (StreamName stream : StreamName.values()) {
      living.stream()
          .map(r -> r.safe(stream))
          .min(EntryId::compareTo)
          .filter(safe -> safe.compareTo(EntryId.START) > 0)
          .ifPresent(safe -> calls.add(trim(stream, safe, young, retention.roomy())));
    }
    return CompletableFuture.allOf(
        calls.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
  }

  /**
   * Everything before the safe entry goes; the safe entry itself stays, so that the stream always
   * tells its end.
   */
  private CompletionStage<Long> trim(StreamName stream, EntryId safe, EntryId young, long roomy) {
    EntryId kept = safe.compareTo(young) < 0 ? safe : young;
    return link.write(r -> r.xlen(stream.key()))
        .thenCompose(
            length -> {
              EntryId from = length > roomy ? safe : kept;
              XTrimArgs args = new XTrimArgs().minId(from.toString()).exactTrimming();
              return link.write(r -> r.xtrim(stream.key(), args));
            });
  }
}
