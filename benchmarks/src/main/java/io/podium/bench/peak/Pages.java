package io.podium.bench.peak;

import java.util.ArrayList;
import java.util.List;

/** The sale's boards, and the pages that are asked for. */
final class Pages {
  static final int PRODUCTS = 5_000;
  static final int BRANDS = 50;
  static final int SHELVES = 1_000;

  /** Shelves from here on are asked for by nobody until the sale. */
  private static final int WARM_SHELVES = 100;

  /** Lines of YAML below {@code boards:}. */
  static final String BOARDS =
      """
        best:
          score: { order.placed: 10, cart.added: 3, product.viewed: 1 }
          window: PT1H
          publishEvery: PT0.5S
          size: 50
          slices: [[], [brand]]
        trending:
          score: { order.placed: 10, cart.added: 3, product.viewed: 1 }
          halfLife: PT10M
          publishEvery: PT5S
          size: 50
          slices: [[], [brand]]
        shelves:
          score: { order.placed: 10, cart.added: 3, product.viewed: 1 }
          window: PT1H
          publishEvery: PT5S
          size: 50
          slices: [[shelf]]
      """;

  private Pages() {}

  static String brand(int brand) {
    return "/v1/rankings/best?size=10&brand=b" + brand;
  }

  /** For the load generator: a warm page on a line, or a cold one behind a minus. */
  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String board : List.of("best", "trending")) {
      for (int size : List.of(10, 20, 50)) {
        lines.add("/v1/rankings/" + board + "?size=" + size);
        for (int brand = 0; brand < BRANDS; brand++) {
          lines.add("/v1/rankings/" + board + "?size=" + size + "&brand=b" + brand);
        }
      }
    }
    for (int shelf = 0; shelf < SHELVES; shelf++) {
      for (int size : List.of(10, 20, 50, 100)) {
        String page = "/v1/rankings/shelves?size=" + size + "&shelf=s" + shelf;
        lines.add(shelf < WARM_SHELVES ? page : "-" + page);
      }
    }
    return lines;
  }
}
