package io.podium.ranking.event;

/**
 * 64-bit hash of what an event says: of the decoded members, so that the order of members, white
 * space, notation of numbers and members that nobody reads (trace ids that differ between retries)
 * do not matter. Not cryptographic: it tells a repeat from a conflict in a count.
 */
final class ContentHash {
  private static final long P = 0x100000001B3L;
  private static final long P2 = times(P);
  private static final long P3 = times(P2);
  private static final long P4 = times(P3);

  private long state = 0x9E3779B97F4A7C15L;

  ContentHash add(long value) {
    state = mix(state ^ mix(value)) + 0x632BE59BD9B4E019L;
    return this;
  }

  ContentHash add(String value) {
    return add(of(value));
  }

  long value() {
    return mix(state);
  }

  /** One name and value of a set without order: the set's hash is their sum. */
  static long pair(String name, String value) {
    return pair(of(name), of(value));
  }

  /** The same from {@link #of} each. */
  static long pair(long name, long value) {
    return mix(name * 31 + value);
  }

  static long of(String s) {
    long h = s.length();
    int i = 0;
    // Four at a time: the products do not wait for each other.
    for (; i + 4 <= s.length(); i += 4) {
      h = h * P4 + s.charAt(i) * P3 + s.charAt(i + 1) * P2 + s.charAt(i + 2) * P + s.charAt(i + 3);
    }
    for (; i < s.length(); i++) {
      h = h * P + s.charAt(i);
    }
    return mix(h);
  }

  /** Modulo 2^64. */
  private static long times(long power) {
    return power * P;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
