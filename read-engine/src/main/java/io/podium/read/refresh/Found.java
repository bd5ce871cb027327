package io.podium.read.refresh;

/**
 * Something that was read, and where.
 *
 * @param tier {@code held}; {@code redis} or {@code mongo}, with the reasons for taking a later
 *     one; or {@code hot} for the copy of an earlier time that stands in while the stores are away
 */
public record Found<T>(T value, String tier) {
  static final String HELD = "held";
  static final String REDIS = "redis";
  static final String MONGO = "mongo";
  static final String HOT = "hot";

  /** It may be older than what the stores hold. */
  public boolean isStale() {
    return tier.equals(HOT);
  }
}
