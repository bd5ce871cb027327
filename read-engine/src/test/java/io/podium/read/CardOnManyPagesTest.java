package io.podium.read;

import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.BoardInfo;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One product is shown on two thousand pages; its price changes. */
class CardOnManyPagesTest {
  private static final int CATEGORIES = 500;
  private static final List<Integer> SIZES = List.of(10, 20, 50, 100);

  @Test
  void aChangeOfPriceReachesEveryPageThatShowsTheProduct(@TempDir Path dir) {
    try (Shop shop = new Shop(dir)) {
      shop.boards(board());
      shop.card("P1", 1, Map.of("price", "12900"));
      for (int i = 0; i < CATEGORIES; i++) {
        Slice slice = Slice.of(Map.of("category", "c" + i));
        shop.publish(new ListingKey("best", slice), 1000, Shop.entries(1, 3));
      }
      try (Engine engine = Engines.start(shop.stores(), dir)) {
        Http http = new Http(engine.port());
        List<String> pages = pages();
        for (String page : pages) {
          http.until(page, a -> a.statusCode() == 200 && text(a).contains("\"price\":12900"));
        }
        assertThat(pages).hasSize(2_000);
        shop.card("P1", 2, Map.of("price", "9900"));
        for (String page : pages) {
          http.until(page, a -> text(a).contains("\"price\":9900"));
        }
      }
    }
  }

  private static List<String> pages() {
    List<String> pages = new ArrayList<>();
    for (int i = 0; i < CATEGORIES; i++) {
      for (int size : SIZES) {
        pages.add("/v1/rankings/best?category=c" + i + "&size=" + size);
      }
    }
    return pages;
  }

  private static BoardInfo board() {
    BoardInfo b = Shop.board(Duration.ofMinutes(10));
    List<String> categories = new ArrayList<>();
    for (int i = 0; i < CATEGORIES; i++) {
      categories.add("c" + i);
    }
    return new BoardInfo(
        b.name(),
        b.titles(),
        List.of(List.of("category")),
        b.size(),
        b.publishEvery(),
        true,
        0,
        false,
        b.cursorTtl(),
        b.staleIfError(),
        Map.of("category", categories));
  }
}
