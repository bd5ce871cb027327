package io.podium.read.page;

import java.util.List;

/**
 * Until when a page in the hot tier is the newest: as long as the same process is in the same era
 * and nothing that the page shows changed since it was made. Kept with the page, so that it can be
 * told without an index on the heap.
 *
 * @param run of the process that made it; another one cannot tell
 * @param era of the feed, see {@code refresh.Feed}
 * @param moment of the change clock before its data was read
 */
public record Freshness(long run, long era, long moment) {
  /** Made from copies of an earlier time: true of no era. */
  public static final Freshness UNCHECKED = new Freshness(0, -1, 0);

  /** What is compared for a listing and its products: their hash codes. */
  static int[] names(Page page) {
    List<String> products = page.products();
    int[] names = new int[1 + products.size()];
    names[0] = page.head().listing().hashCode();
    for (int i = 0; i < products.size(); i++) {
      names[1 + i] = products.get(i).hashCode();
    }
    return names;
  }
}
