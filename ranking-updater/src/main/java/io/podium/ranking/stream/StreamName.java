package io.podium.ranking.stream;

/** The two streams that rankings are computed from. */
public enum StreamName {
  /** Orders, views, carts and every other type. */
  EVENTS("events"),
  /** Changes of cards: {@code product.upserted}, {@code .patched}, {@code .removed}. */
  PRODUCTS("products");

  private final String text;

  StreamName(String text) {
    this.text = text;
  }

  /** As it is written in keys, files and answers. */
  public String text() {
    return text;
  }

  String key() {
    return "podium:" + text;
  }

  String deadKey() {
    return "podium:dead:" + text;
  }

  String ordinalKey() {
    return "podium:ordinal:" + text;
  }
}
