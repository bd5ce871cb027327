package io.podium.read;

import static io.podium.read.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What pages of other origins may read (the Fetch standard's CORS protocol). */
@ExtendWith(LiveShop.class)
class CrossOriginTest {
  private static final String PAGE = "/v1/rankings/best";
  private static final String SHOP = "https://shop.example";
  private static final List<String> TARGETS =
      List.of(PAGE, "/v1/boards", "/v1/products/P1", PAGE + "/products/P1", "/v1/rankings/nope");
  private final LiveShop.Running live;

  CrossOriginTest(LiveShop.Running live) {
    this.live = live;
  }

  @Test
  void unlessConfiguredNothingIsToldToOtherOrigins() {
    for (String target : TARGETS) {
      HttpResponse<byte[]> answer = live.http.get(target, "Origin", SHOP);
      assertThat(header(answer, "Access-Control-Allow-Origin")).as(target).isEmpty();
      assertThat(header(answer, "Vary")).as(target).doesNotContain("Origin");
    }
    assertThat(preflight(live.http, SHOP).statusCode()).isEqualTo(405);
  }

  @Test
  void aListLetsThoseReadThatAreOnIt(@TempDir Path dir) {
    List<String> origins = List.of(SHOP, "https://app.example");
    try (Engine engine = Engines.start(live.shop.stores(), Engines.config(dir, null, origins))) {
      Http http = warm(engine);
      for (String target : TARGETS) {
        for (int i = 0; i < 3; i++) {
          HttpResponse<byte[]> answer = http.get(target, "Origin", SHOP);
          assertThat(header(answer, "Access-Control-Allow-Origin")).as(target).isEqualTo(SHOP);
          assertThat(header(answer, "Access-Control-Expose-Headers")).contains("ETag");
          for (String[] asked : new String[][] {{"Origin", "https://evil.example"}, {}}) {
            HttpResponse<byte[]> other = http.get(target, asked);
            assertThat(header(other, "Access-Control-Allow-Origin")).as(target).isEmpty();
            assertThat(header(other, "Vary")).as(target).endsWith(", Origin");
          }
        }
      }
      HttpResponse<byte[]> allowed = preflight(http, SHOP);
      assertThat(allowed.statusCode()).isEqualTo(204);
      assertThat(header(allowed, "Access-Control-Allow-Origin")).isEqualTo(SHOP);
      assertThat(header(allowed, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
      assertThat(header(allowed, "Access-Control-Allow-Headers")).contains("Last-Event-ID");
      assertThat(header(preflight(http, "https://evil.example"), "Access-Control-Allow-Origin"))
          .isEmpty();
    }
  }

  @Test
  void aStarLetsEveryoneReadAndTheAnswersAreTheSame(@TempDir Path dir) {
    try (Engine engine =
        Engines.start(live.shop.stores(), Engines.config(dir, null, List.of("*")))) {
      Http http = warm(engine);
      for (String target : TARGETS) {
        for (String[] asked : new String[][] {{"Origin", SHOP}, {}}) {
          HttpResponse<byte[]> answer = http.get(target, asked);
          assertThat(header(answer, "Access-Control-Allow-Origin")).as(target).isEqualTo("*");
          assertThat(header(answer, "Access-Control-Expose-Headers")).contains("Cache-Status");
          assertThat(header(answer, "Vary")).as(target).doesNotContain("Origin");
        }
      }
    }
  }

  private static Http warm(Engine engine) {
    Http http = new Http(engine.port());
    http.until(PAGE, a -> header(a, "Cache-Status").startsWith("podium; hit"));
    return http;
  }

  private static HttpResponse<byte[]> preflight(Http http, String origin) {
    String[] asked = {
      "Origin",
      origin,
      "Access-Control-Request-Method",
      "GET",
      "Access-Control-Request-Headers",
      "x"
    };
    return http.send("OPTIONS", PAGE, asked);
  }
}
