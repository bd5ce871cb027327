package io.podium.read.refresh;

/**
 * Something that was read, and where.
 *
 * @param tier {@code held}; {@code redis} or {@code mongo}, with the reasons for taking a later
 *     one; or {@code hot} for the copy of an earlier time that stands in while the stores are away
 */
public record Found<T>(T value, String tier) {
  public static final String HELD = "held";
  static final String REDIS = "redis";
  static final String MONGO = "mongo";
  public static final String HOT = "hot";

  /** Redis answered that it does not have it. */
  private static final String MISSING = "redis-missing";

  /** Of this and what was read beside it, the tier that is further from the truth. */
  public String tierWith(Found<?> other) {
    return distance(tier) >= distance(other.tier) ? tier : other.tier;
  }

  private static int distance(String tier) {
    if (tier.equals(HOT)) {
      return 3;
    }
    return tier.startsWith(MONGO) ? 2 : tier.equals(HELD) ? 0 : 1;
  }

  /**
   * Another store answered in the place of Redis, which is ahead of it: a moment later Redis may
   * tell something newer.
   */
  boolean isFromBehind() {
    return isStale() || (tier.startsWith(MONGO + ";") && !tier.endsWith(MISSING));
  }

  /** It may be older than what the stores hold. */
  public boolean isStale() {
    return tier.equals(HOT);
  }
}
