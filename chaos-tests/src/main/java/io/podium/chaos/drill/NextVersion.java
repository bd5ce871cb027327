package io.podium.chaos.drill;

import static io.podium.store.Await.answer;

import io.lettuce.core.ScriptOutputType;
import io.podium.card.Card;
import io.podium.codec.CardCodec;
import io.podium.codec.Frame;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.store.StoredBytes;
import io.podium.store.redis.RedisLink;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What processes of the next version would leave in the cache role: its listings, cards and boards,
 * stamped with that version, with a member that this one does not know. A value that changes
 * meanwhile stays as it is. Used by the drill's thread.
 */
final class NextVersion implements AutoCloseable {
  private static final Duration PATIENT = Duration.ofSeconds(5);
  private static final RedisLimits LIMITS =
      new RedisLimits(PATIENT, PATIENT, PATIENT, Duration.ofMillis(100), 4096);
  private static final String LISTINGS = "podium:listing:";
  private static final String BOARDS = "podium:boards:";
  private static final String CARDS = "podium:card:";

  /** KEYS: a hash. ARGV: its value as it was read, the new one. */
  private static final String IN_HASH =
      """
      if redis.call('HGET', KEYS[1], 'v') ~= ARGV[1] then return 0 end
      redis.call('HSET', KEYS[1], 'v', ARGV[2])
      return 1
      """;

  /** KEYS: a text. ARGV: as it was read, the new one. */
  private static final String TEXT =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[1], ARGV[2])
      return 1
      """;

  private final RedisLink link;

  NextVersion(String uri) {
    this.link = RedisLink.open("redis-cache", uri, LIMITS);
  }

  /** Answers how many values were stamped. */
  long stamp() {
    long stamped = 0;
    for (String key : keys("podium:")) {
      if (key.startsWith(CARDS)) {
        byte[] value = answer(link.read(redis -> redis.get(key)));
        stamped += replace(TEXT, key, Frame.CARD, value);
      } else if (key.startsWith(LISTINGS) || key.startsWith(BOARDS)) {
        byte kind = key.startsWith(BOARDS) ? Frame.BOARDS : Frame.LISTING;
        byte[] value = answer(link.read(redis -> redis.hget(key, "v")));
        stamped += replace(IN_HASH, key, kind, value);
      }
    }
    return stamped;
  }

  private List<String> keys(String prefix) {
    return answer(link.read(redis -> redis.keys(prefix + "*")));
  }

  private long replace(String script, String key, byte kind, byte @Nullable [] value) {
    if (value == null || Frame.read(kind, 1, value).version() > 1) {
      return 0;
    }
    byte[] later = StoredBytes.ofNextVersion(kind, value);
    return answer(
        link.write(
            redis ->
                redis.<Long>eval(
                    script, ScriptOutputType.INTEGER, new String[] {key}, value, later)));
  }

  /** Cards with this member that an updater of this version has written over the next one's. */
  long cardsOfBoth(String member) {
    return keys(CARDS).stream()
        .map(key -> answer(link.read(redis -> redis.get(key))))
        .filter(value -> value != null && Frame.read(Frame.CARD, 1, value).version() == 1)
        .map(CardCodec::decode)
        .filter(card -> card.json(member) != null && isKept(card))
        .count();
  }

  private static boolean isKept(Card card) {
    return StoredBytes.LATER.equals(card.unknown().get("later"));
  }

  @Override
  public void close() {
    link.close();
  }
}
