package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.card.Card;
import io.podium.config.StoresConfig;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.read.page.BoardView;
import io.podium.read.page.Cursors;
import io.podium.read.page.Freshness;
import io.podium.read.page.Page;
import io.podium.read.page.PageEncoder;
import io.podium.read.page.PageSpec;
import io.podium.read.refresh.Warm;
import io.podium.store.Samples;
import io.podium.store.StoredBytes;
import io.podium.store.TestTier;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that was put back to this version: the next one has written its hot tier. */
class NextVersionTest {
  private static final String PAGE = "/v1/rankings/best?size=20";
  private static final BoardInfo BOARD = Shop.board(Duration.ofMinutes(10));
  private static final Listing LISTING = Samples.listing(Shop.BEST, 7, 30);

  @Test
  void whatTheNextVersionKeptIsServedWithBothStoresGone(@TempDir Path dir) throws StartException {
    EngineConfig config = Engines.config(dir);
    Engine.withMemory(config.hot(), memory -> keep(new Warm(new Later(memory))));
    try (Engine engine = Engines.start(gone(), config)) {
      HttpResponse<byte[]> answer = new Http(engine.port()).until(PAGE, a -> a.statusCode() == 200);
      assertThat(header(answer, "Cache-Status")).contains("detail=\"hot; ");
      JsonNode page = json(answer);
      assertThat(page.get("epoch").asLong()).isEqualTo(LISTING.epoch());
      assertThat(page.get("items")).hasSize(20);
      assertThat(page.at("/items/0/product/name").asText()).isEqualTo("토너");
      assertThat(Http.text(new Http(engine.adminPort()).get("/metrics")))
          .contains("podium_hot_unreadable_total 0\n", "podium_hot_corrupt_total 0\n");
    }
  }

  private static void keep(Warm warm) {
    Entry first = LISTING.entries().get(0);
    Card card = Samples.card(first.productId(), "name", "\"토너\"", 1);
    warm.keep(new Boards(3, List.of(BOARD)));
    warm.keep(LISTING);
    warm.keep(card);
    Page page =
        new PageEncoder(new Cursors(new byte[16]))
            .encode(
                PageSpec.first(Shop.BEST, 20),
                new BoardView(BOARD),
                LISTING,
                Map.of(card.productId(), card),
                0);
    warm.keep(page, Freshness.UNCHECKED);
  }

  private static StoresConfig gone() {
    String redis = "redis://127.0.0.1:1";
    String mongo = "mongodb://127.0.0.1:1/?directConnection=true";
    return new StoresConfig(redis, redis, mongo, "podium", TestTier.REDIS, TestTier.MONGO);
  }

  /** Writes as the next version may: more members, and pages of another form. */
  private record Later(Warm.Memory memory) implements Warm.Memory {
    @Override
    public byte @Nullable [] get(byte kind, String key) {
      return memory.get(kind, key);
    }

    @Override
    public void put(byte kind, String key, byte[] value) {
      if (kind == Warm.PAGE) {
        byte[] other = value.clone();
        other[0]++;
        memory.put(kind, key, other);
      } else {
        // The hot tier's kinds are those of frames.
        memory.put(kind, key, StoredBytes.ofNextVersion(kind, value));
      }
    }
  }
}
