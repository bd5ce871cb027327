package io.podium.ranking.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one event after the other, made once: sources, types, buyers' values and their
 * combinations, and the minute of the time. Small tables in which the newest has its place, so what
 * never comes again costs little and stays nowhere. Any thread may use it: entries are immutable,
 * and one that was lost is made again.
 */
final class Recurring {
  private static final int WORD_BITS = 9;
  private static final int ATTRIBUTE_BITS = 8;
  private static final int MINUTES = 16;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final @Nullable Word[] words = new Word[1 << WORD_BITS];
  private final @Nullable Attributes[] attributes = new Attributes[1 << ATTRIBUTE_BITS];
  private final @Nullable Minute[] minutes = new Minute[MINUTES];

  /** Members of a buyer. */
  static final class Attributes {
    final Map<String, String> map;

    /** Of the set, see {@link ContentHash#pair}. */
    final long hash;

    /** Names and values in turn. */
    private final Word[] words;

    private Attributes(Word[] words, Map<String, String> map, long hash) {
      this.words = words;
      this.map = map;
      this.hash = hash;
    }

    private boolean are(Word[] others, int n) {
      return words.length == n && Arrays.equals(words, 0, n, others, 0, n);
    }
  }

  /**
   * @param head bytes 0 to 7 of a date-time without offset
   * @param tail bytes 8 to 15
   */
  private record Minute(long head, long tail, long epochSecond) {}

  /** The last string of the text. */
  Word word(PlainText text) {
    if (text.length > Word.TOLD_BY_ENDS) {
      return Word.of(text.get());
    }
    long mixed = ((text.head() * SPREAD) ^ text.tail()) * SPREAD + text.length;
    int slot = (int) (mixed >>> (64 - WORD_BITS));
    Word known = words[slot];
    if (known != null && text.is(known)) {
      return known;
    }
    Word fresh = Word.of(text.get());
    words[slot] = fresh;
    return fresh;
  }

  /** Null when a name stands twice. */
  @Nullable Attributes attributes(Word[] pairs, int n) {
    long hash = 0;
    for (int i = 0; i < n; i += 2) {
      hash += ContentHash.pair(pairs[i].hash, pairs[i + 1].hash);
    }
    int slot = (int) (hash >>> (64 - ATTRIBUTE_BITS));
    Attributes known = attributes[slot];
    if (known != null && known.are(pairs, n)) {
      return known;
    }
    Word[] own = new Word[n];
    Map<String, String> map = new HashMap<>(4);
    for (int i = 0; i < n; i += 2) {
      own[i] = pairs[i];
      own[i + 1] = pairs[i + 1];
      if (map.put(own[i].text, own[i + 1].text) != null) {
        return null;
      }
    }
    Attributes fresh = new Attributes(own, map, hash);
    attributes[slot] = fresh;
    return fresh;
  }

  /** The date-time that is the last string of the text; null when it is none. */
  @Nullable Instant time(PlainText text) {
    int fraction = text.length - Rfc3339.SECONDS_END;
    if (fraction < 1 || !text.isAt(text.length - 1, 'Z') || !text.isAt(16, ':')) {
      return Rfc3339.parse(text.get());
    }
    long head = text.eight(0);
    long tail = text.eight(8);
    int slot = (int) (tail >>> 56) % MINUTES;
    Minute minute = minutes[slot];
    int second = text.twoDigits(17);
    int nanos = fraction == 1 ? 0 : text.nanos(Rfc3339.SECONDS_END, text.length - 1);
    if (minute != null
        && minute.head == head
        && minute.tail == tail
        && second >= 0
        && second < 60
        && nanos >= 0) {
      return Instant.ofEpochSecond(minute.epochSecond + second, nanos);
    }
    Instant time = Rfc3339.parse(text.get());
    if (time != null) {
      long seconds = time.getEpochSecond();
      minutes[slot] = new Minute(head, tail, seconds - Math.floorMod(seconds, 60));
    }
    return time;
  }
}
