package io.podium.ranking.core;

/**
 * The products that one of several cores holds. Every core reads every event (it must know of all
 * orders and ids), and keeps only the lines of its own products.
 *
 * @param index 0 to {@code of - 1}
 */
public record Share(int index, int of) {
  public static final Share WHOLE = new Share(0, 1);

  public Share {
    if (of < 1 || index < 0 || index >= of) {
      throw new IllegalArgumentException("share " + index + " of " + of);
    }
  }

  public boolean owns(String productId) {
    return of == 1 || Math.floorMod(spread(productId.hashCode()), of) == index;
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B1;
    return h ^ (h >>> 15);
  }
}
