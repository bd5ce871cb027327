package io.podium.store.redis;

import io.podium.codec.KeyText;
import io.podium.listing.ListingKey;

/**
 * Names of keys; a listing and its history carry one hash tag, so that a cluster keeps them
 * together.
 */
final class RedisKeys {
  static final String BOARDS = "podium:boards";
  static final String FENCE = "podium:fence";
  static final String ANNOUNCEMENTS = "podium:announcements";

  private RedisKeys() {}

  static String listing(ListingKey key) {
    return "podium:listing:{" + KeyText.write(key) + "}";
  }

  static String history(ListingKey key) {
    return "podium:history:{" + KeyText.write(key) + "}";
  }

  static String card(String productId) {
    return "podium:card:" + productId;
  }
}
