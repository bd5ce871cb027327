package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP's own rules (RFC 9110, 9111), on every route alike. */
@ExtendWith(LiveShop.class)
class SemanticsTest {
  private static final String PAGE = "/v1/rankings/best";
  private static final int MOST_HEADERS = 100;
  private final LiveShop.Running live;
  private final Http http;

  SemanticsTest(LiveShop.Running live) {
    this.live = live;
    this.http = live.http;
    http.until(PAGE, a -> header(a, "Cache-Status").startsWith("podium; hit"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PAGE,
        PAGE + "?category=empty",
        PAGE + "/products/P1",
        "/v1/products/P1",
        "/v1/boards",
        "/openapi.yaml",
        "/docs",
        "/docs.js",
        "/",
        PAGE + "?size=11",
        "/v1/rankings/nope",
        "/v1/products/P77777",
        "/nowhere"
      })
  void headHasTheHeadOfGet(String target) {
    for (String coding : List.of("identity", "gzip", "br")) {
      Map<String, String> get = head(http.get(target, "Accept-Encoding", coding));
      HttpResponse<byte[]> head = http.send("HEAD", target, "Accept-Encoding", coding);
      assertThat(head.body()).isEmpty();
      assertThat(head(head)).isEqualTo(get);
    }
  }

  /** Without what depends on the moment. */
  private static Map<String, String> head(HttpResponse<byte[]> answer) {
    Map<String, String> head = new TreeMap<>();
    answer.headers().map().forEach((name, values) -> head.put(name, String.join(", ", values)));
    assertThat(head.remove("date")).isNotNull();
    head.computeIfPresent("cache-status", (name, value) -> value.replaceFirst("; .*", ""));
    head.put("", String.valueOf(answer.statusCode()));
    return head;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PAGE,
        PAGE + "/products/P1",
        "/v1/products/P1",
        "/v1/boards",
        "/openapi.yaml",
        "/"
      })
  void notModifiedTellsWhatACacheMustUpdate(String target) {
    for (String coding : List.of("identity", "gzip")) {
      HttpResponse<byte[]> full = http.get(target, "Accept-Encoding", coding);
      String tag = header(full, "ETag");
      assertThat(tag).matches("\"[^\"]+\"");
      for (String known : List.of(tag, "\"a\", W/" + tag, "*")) {
        HttpResponse<byte[]> same =
            http.get(target, "Accept-Encoding", coding, "If-None-Match", known);
        assertThat(same.statusCode()).as(known).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        for (String name : List.of("ETag", "Cache-Control", "Vary")) {
          assertThat(header(same, name)).as(name).isNotEmpty().isEqualTo(header(full, name));
        }
        assertThat(header(same, "Date")).isNotEmpty();
      }
      String[] twoLines = {
        "Accept-Encoding", coding, "If-None-Match", "\"a\"", "If-None-Match", tag
      };
      assertThat(http.get(target, twoLines).statusCode()).isEqualTo(304);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PAGE, "/v1/products/P1", "/v1/boards", "/openapi.yaml"})
  void whatIsNotOfferedIsLeftOutOfAccount(String target) {
    byte[] full = http.get(target).body();
    for (String[] asked :
        new String[][] {
          {"Range", "bytes=0-9"},
          {"Accept", "text/plain"},
          {"Accept-Charset", "iso-8859-1"},
          {"If-Modified-Since", "Sun, 22 Nov 2037 00:00:00 GMT"},
          {"If-Range", "\"x\"", "Range", "bytes=0-9"},
          {"Cache-Control", "no-cache, only-if-cached"},
          {"Accept-Encoding", "identity;q=0, compress"}
        }) {
      HttpResponse<byte[]> answer = http.get(target, asked);
      assertThat(answer.statusCode()).as(asked[0]).isEqualTo(200);
      assertThat(answer.body()).as(asked[0]).isEqualTo(full);
      assertThat(header(answer, "Content-Range")).isEmpty();
    }
  }

  @Test
  void everyAnswerThatCachesKeepSaysForHowLong() {
    for (String target : List.of(PAGE, PAGE + "/products/P1", "/v1/products/P1", "/v1/boards")) {
      assertThat(header(http.get(target), "Cache-Control"))
          .as(target)
          .matches("public, max-age=\\d+, stale-while-revalidate=\\d+, stale-if-error=\\d+");
    }
    for (String target : List.of(PAGE + "?size=11", "/v1/rankings/nope", "/nowhere")) {
      assertThat(header(http.get(target), "Cache-Control")).as(target).isEqualTo("no-store");
    }
  }

  @Test
  void everyListingAndProductTellsWhereItCameFrom() {
    assertThat(header(http.get(PAGE), "Cache-Status")).contains("; detail=\"hot\"");
    for (String target : List.of(PAGE + "/products/P1", "/v1/products/P1")) {
      assertThat(header(http.get(target), "Cache-Status"))
          .as(target)
          .matches("podium; (hit|fwd=miss); detail=\"(held|redis|mongo).*\"");
    }
  }

  @Test
  void theLastPageHasNoNext() {
    HttpResponse<byte[]> page = http.get(PAGE + "?size=50");
    assertThat(json(page).has("next")).isFalse();
    assertThat(header(page, "Link")).isEmpty();
  }

  /** On a page that is held as well as on one that is not, and on what is no page. */
  @ParameterizedTest
  @ValueSource(strings = {PAGE, "/v1/boards", "/v1/products/P1", "/nowhere"})
  void moreHeaderLinesThanAllowedAreRefused(String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: x\r\n";
    String closed = "Connection: close\r\n";
    try (Raw raw = new Raw(live.engine.port())) {
      raw.send(request + "A: b\r\n".repeat(MOST_HEADERS - 2) + closed + "\r\n");
      assertThat(raw.text()).doesNotStartWith("HTTP/1.1 431");
    }
    try (Raw raw = new Raw(live.engine.port())) {
      raw.send(request + "A: b\r\n".repeat(MOST_HEADERS - 1) + closed + "\r\n");
      assertThat(raw.text()).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void aStreamOfChangesSaysWhatItIs() {
    HttpResponse<byte[]> head = http.send("HEAD", PAGE + "/changes");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(header(head, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(head, "Date")).isNotEmpty();
  }

  @Test
  void problemsAreInTheLanguageThatIsLikedMost() {
    for (Map.Entry<String, String> e :
        Map.of(
                "ko",
                "ko",
                "ko-KR",
                "ko",
                "en",
                "en",
                "fr",
                "en",
                "ko;q=0, en",
                "en",
                "en, ko",
                "en",
                "en;q=0.3, ko;q=0.4",
                "ko",
                "x;;q=,",
                "en",
                "*",
                "en")
            .entrySet()) {
      HttpResponse<byte[]> answer = http.get("/v1/rankings/nope", "Accept-Language", e.getKey());
      assertThat(header(answer, "Content-Language")).as(e.getKey()).isEqualTo(e.getValue());
      assertThat(header(answer, "Vary")).contains("Accept-Language");
      assertThat(text(answer).contains("없는 보드")).isEqualTo(e.getValue().equals("ko"));
    }
  }
}
