package io.podium.store.redis;

import io.podium.codec.KeyText;
import io.podium.listing.ListingKey;

/**
 * Names of keys. What is published is spread over {@value #PARTS} parts, each with a fence of its
 * own under the same hash tag: a cluster keeps a listing, its history and its fence together, so
 * that one script can touch them.
 */
final class RedisKeys {
  /** More than any cluster has shards, and few enough to raise all fences at once. */
  static final int PARTS = 256;

  static final String BOARDS = "podium:boards:{0}";
  static final String BOARDS_FENCE = fence(0);
  static final String ANNOUNCEMENTS = "podium:announcements";

  private RedisKeys() {}

  static String listing(ListingKey key) {
    String text = KeyText.write(key);
    return "podium:listing:{" + part(text) + "}:" + text;
  }

  static String history(ListingKey key) {
    String text = KeyText.write(key);
    return "podium:history:{" + part(text) + "}:" + text;
  }

  static String fence(ListingKey key) {
    return fence(part(KeyText.write(key)));
  }

  static String fence(int part) {
    return "podium:fence:{" + part + "}";
  }

  /** Stored in names: it must stay as it is. */
  private static int part(String text) {
    int hash = text.hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), PARTS);
  }

  static String card(String productId) {
    return "podium:card:" + productId;
  }
}
