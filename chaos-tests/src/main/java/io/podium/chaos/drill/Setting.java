package io.podium.chaos.drill;

import io.podium.chaos.check.Chart;
import io.podium.chaos.harness.Layout;
import java.util.List;
import java.util.Map;

/**
 * What a drill is played in. Drills with an equal setting may be played in the same shop.
 *
 * @param layout processes
 * @param charts boards that are compared with a scan; the first one's pages are read most
 * @param boards more boards, as under {@code boards} of a configuration file
 * @param products in the shop
 */
record Setting(Layout layout, List<Chart> charts, Map<String, Object> boards, int products) {
  private static final int PRODUCTS = 300;

  /** A board whose slices nobody reads, but who wants what no engine holds. */
  static final String UNREAD = "unread";

  private static final Map<String, Object> UNREAD_BOARD =
      Map.of(
          "score",
          "units",
          "window",
          "PT24H",
          "publishEvery",
          "PT1S",
          "currency",
          "KRW",
          "size",
          10,
          "slices",
          List.of(List.of("category")));

  /** One engine, units of a day and what trends. */
  static Setting standard(Run run) {
    List<Chart> charts = List.of(Chart.day("best-sellers", "units"), Chart.trending("trending"));
    return new Setting(Layout.small(!run.isLong()), charts, Map.of(UNREAD, UNREAD_BOARD), PRODUCTS);
  }

  Setting with(Layout other) {
    return new Setting(other, charts, boards, products);
  }

  Setting with(List<Chart> others, int howManyProducts) {
    return new Setting(layout, others, boards, howManyProducts);
  }

  Setting with(Map<String, Object> more) {
    return new Setting(layout, charts, more, products);
  }
}
