package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document and the running routes say the same. */
@ExtendWith(LiveShop.class)
class OpenApiTest {
  private static final String PAGE = "/v1/rankings/{board}";
  private static final String EXPLAIN = "/v1/rankings/{board}/products/{productId}";

  private static final List<String> PATHS =
      List.of(
          "/v1/boards",
          PAGE,
          EXPLAIN,
          "/v1/rankings/{board}/changes",
          "/v1/products/{productId}",
          "/openapi.yaml",
          "/docs");

  private final int port;
  private final Http http;
  private final OpenApi api;

  OpenApiTest(LiveShop.Running live) {
    this.port = live.engine.port();
    this.http = live.http;
    this.api = new OpenApi(http);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/boards,/v1/boards,200",
    "/v1/boards,/v1/boards?x=1,400",
    PAGE + ",/v1/rankings/best,200",
    PAGE + ",/v1/rankings/best?size=10,200",
    PAGE + ",/v1/rankings/best?category=empty,200",
    PAGE + ",/v1/rankings/best?category=nope,404",
    PAGE + ",/v1/rankings/nope,404",
    PAGE + ",/v1/rankings/best?cursor=x,400",
    EXPLAIN + ",/v1/rankings/best/products/P1,200",
    EXPLAIN + ",/v1/rankings/best/products/P9,200",
    EXPLAIN + ",/v1/rankings/best/products/P900,200",
    EXPLAIN + ",/v1/rankings/best/products/P77777,404",
    EXPLAIN + ",/v1/rankings/best/products/P1?size=10,400",
    "/v1/rankings/{board}/changes,/v1/rankings/nope/changes,404",
    "/v1/rankings/{board}/changes,/v1/rankings/best/changes?x=1,400",
    "/v1/products/{productId},/v1/products/P1,200",
    "/v1/products/{productId},/v1/products/P9,200",
    "/v1/products/{productId},/v1/products/P77777,404",
    "/v1/products/{productId},/v1/products/P1?x=1,400",
    "/openapi.yaml,/openapi.yaml,200",
    "/docs,/docs,200",
    "/openapi.yaml,/openapi.yaml?x=1,400",
    "/docs,/docs?x=1,400",
  })
  void anAnswerIsAsDocumented(String path, String target, int status) {
    HttpResponse<byte[]> answer = http.get(target);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(api.faults(path, answer)).isEmpty();
  }

  /** Whatever the address, a request may be refused before it is looked at. */
  @Test
  void whatEveryRouteRefusesIsDocumented() throws IOException {
    for (String path : PATHS) {
      String target = target(path);
      List<String> requests =
          List.of(
              "405 POST " + target + " HTTP/1.1\r\nHost: x\r\n",
              "413 GET " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n",
              "414 GET " + target + "?" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n",
              "431 GET " + target + " HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(9_000) + "\r\n");
      for (String request : requests) {
        try (Raw raw = new Raw(port)) {
          String answer = raw.send(request.substring(4) + "Connection: close\r\n\r\n").text();
          assertThat(answer.substring(9)).startsWith(request.substring(0, 4));
          assertThat(api.faults(path, answer)).as(request.substring(0, 20)).isEmpty();
        }
      }
      JsonNode failure = api.paths().path(path).path("get").path("responses").path("500");
      assertThat(failure.path("$ref").asText()).endsWith("/Problem");
    }
  }

  private static String target(String path) {
    return path.replace("{board}", "best").replace("{productId}", "P1");
  }

  @Test
  void everyRouteThatAnswersIsDocumented() {
    Set<String> answered = new TreeSet<>();
    for (String path : PATHS) {
      String target = target(path);
      HttpResponse<byte[]> answer = http.send("HEAD", target);
      assertThat(answer.statusCode()).as(target).isEqualTo(200);
      answered.add(path);
    }
    Set<String> documented = new TreeSet<>();
    api.paths().fieldNames().forEachRemaining(documented::add);
    assertThat(documented).isEqualTo(answered);
    // Nothing lies between or behind them.
    for (String target :
        List.of(
            "/v1",
            "/v1/",
            "/v1/boards/",
            "/v1/boards/best",
            "/v1/products",
            "/v1/products/",
            "/v1/products/P1/x",
            "/v1/rankings/best/products/P1/x",
            "/v1/rankings/best/changes/x",
            "/openapi.json",
            "/docs/")) {
      assertThat(http.get(target).statusCode()).as(target).isEqualTo(404);
    }
  }

  @Test
  void everyExampleIsValid() {
    List<String> faults = new ArrayList<>();
    examples("", api.document(), faults);
    assertThat(faults).isEmpty();
  }

  private void examples(String at, JsonNode node, List<String> faults) {
    if (node.has("example") && node.has("schema")) {
      api.check(at, node.get("example"), node.get("schema"), faults);
    }
    node.fields().forEachRemaining(f -> examples(at + "/" + f.getKey(), f.getValue(), faults));
  }
}
