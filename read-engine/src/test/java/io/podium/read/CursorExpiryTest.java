package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorExpiryTest {
  @Test
  void anExpiredCursorIsGoneWithALinkToTheFirstPage(@TempDir Path dir) {
    try (Shop shop = new Shop(dir)) {
      shop.boards(Shop.board(Duration.ofSeconds(2)));
      shop.publish(Shop.BEST, 1000, Shop.entries(1, 25));
      try (Engine engine = Engines.start(shop.stores(), dir)) {
        Http http = new Http(engine.port());
        String page = "/v1/rankings/best?size=10";
        String next = json(http.until(page, a -> a.statusCode() == 200)).get("next").asText();
        HttpResponse<byte[]> gone = http.until(next, a -> a.statusCode() == 410);
        assertThat(json(gone).get("first").asText()).isEqualTo(page);
        assertThat(header(gone, "Link")).isEqualTo("<" + page + ">; rel=\"first\"");
        // The first page was given a new cursor meanwhile.
        String renewed = json(http.get(page)).get("next").asText();
        assertThat(http.get(renewed).statusCode()).isEqualTo(200);
      }
    }
  }
}
