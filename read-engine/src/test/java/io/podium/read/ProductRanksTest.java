package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.Announcement;
import io.podium.listing.BoardInfo;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductRanksTest {
  private static final int BOARDS = 20;

  /** What changes while it is loaded is not held, and is told all the same. */
  @Test
  void aProductHasAllItsRanksWhileListingsChange(@TempDir Path dir) {
    try (Shop shop = new Shop(dir)) {
      List<BoardInfo> boards = new ArrayList<>();
      List<ListingKey> keys = new ArrayList<>();
      for (int i = 0; i < BOARDS; i++) {
        boards.add(board("board" + i));
        keys.add(new ListingKey("board" + i, Slice.WHOLE_SHOP));
      }
      shop.card("P1", 1, Map.of("name", "\"one\""));
      for (ListingKey key : keys) {
        shop.publish(key, 1000, Shop.entries(1, 100));
      }
      List<Announcement> changed = new ArrayList<>();
      keys.forEach(key -> changed.add(new Announcement.ListingChanged(key, 1000)));
      AtomicBoolean going = new AtomicBoolean(true);
      try (Engine engine = Engines.start(shop.stores(), dir)) {
        CompletableFuture<Void> changes =
            CompletableFuture.runAsync(
                () -> {
                  while (going.get()) {
                    shop.announce(changed);
                  }
                });
        Http http = new Http(engine.port());
        for (int i = 1; i <= BOARDS; i++) {
          int known = i;
          shop.boards(boards.subList(0, known).toArray(BoardInfo[]::new));
          http.until("/v1/boards", a -> Http.json(a).path("boards").size() == known);
          assertThat(Http.json(http.get("/v1/products/P1")).get("ranks")).hasSize(known);
        }
        going.set(false);
        changes.join();
      }
    }
  }

  private static BoardInfo board(String name) {
    BoardInfo b = Shop.board(Duration.ofMinutes(10));
    return new BoardInfo(
        name,
        b.titles(),
        b.slices(),
        b.size(),
        b.publishEvery(),
        b.exposeScore(),
        b.scoreShift(),
        b.shadow(),
        b.cursorTtl(),
        b.staleIfError(),
        b.values());
  }
}
