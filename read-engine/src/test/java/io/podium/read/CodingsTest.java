package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page has the codings that its clients ask for, whichever it was made with. */
class CodingsTest {
  private static final String PAGE = "/v1/rankings/best?size=20";
  private static final List<String> CODINGS = List.of("", "gzip", "br");

  private final Path dir;
  private Shop shop;
  private Engine engine;
  private Http http;

  CodingsTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @BeforeEach
  void open() {
    shop = new Shop(dir);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    shop.publish(Shop.BEST, 1000, Shop.entries(1, 45));
    start();
  }

  private void start() {
    engine = Engines.start(shop.stores(), dir);
    http = new Http(engine.port());
    http.until("/v1/boards", a -> a.statusCode() == 200);
  }

  @AfterEach
  void close() {
    engine.close();
    shop.close();
  }

  @Test
  void eachClientGetsItsCodingAtOnce_alsoOfAPageThatJustChanged() throws IOException {
    for (long epoch = 2000; epoch < 2010; epoch++) {
      long wanted = epoch;
      shop.publish(Shop.BEST, epoch, Shop.entries((int) (epoch % 7) + 1, 45));
      String first = CODINGS.get((int) (epoch % 3));
      http.until(PAGE, a -> a.statusCode() == 200 && json(a).get("epoch").asLong() == wanted);
      isIn(first, http.get(PAGE, "Accept-Encoding", first));
      byte[] plain = http.get(PAGE).body();
      for (String coding : CODINGS) {
        HttpResponse<byte[]> answer = http.get(PAGE, "Accept-Encoding", coding);
        isIn(coding, answer);
        assertThat(unpacked(answer)).isEqualTo(plain);
        HttpResponse<byte[]> same =
            http.get(PAGE, "Accept-Encoding", coding, "If-None-Match", header(answer, "ETag"));
        assertThat(same.statusCode()).isEqualTo(304);
      }
    }
  }

  @Test
  void manyWhoWantDifferentCodingsOfAMissingPageGetThem() {
    for (String size : List.of("10", "50", "100")) {
      String page = "/v1/rankings/best?size=" + size;
      List<CompletableFuture<Void>> all =
          java.util.stream.IntStream.range(0, 12)
              .mapToObj(i -> CODINGS.get(i % 3))
              .map(
                  coding ->
                      CompletableFuture.runAsync(
                          () -> isIn(coding, http.get(page, "Accept-Encoding", coding)),
                          task -> new Thread(task).start()))
              .toList();
      all.forEach(CompletableFuture::join);
    }
  }

  /** What is kept may lack a coding; it is made of the bytes that are there. */
  @Test
  void withBothStoresGoneEachCodingIsServedAfterARestart() {
    String page = "/v1/rankings/best?category=beauty%2F%EC%8A%A4%ED%82%A8%EC%BC%80%EC%96%B4";
    shop.publish(Shop.BEST_TONER, 1000, Shop.entries(1, 9));
    http.until(page, a -> a.statusCode() == 200 && json(a).get("items").size() == 9);
    engine.close();
    shop.redis.kill();
    shop.mongo.kill();
    start();
    for (String coding : CODINGS) {
      HttpResponse<byte[]> answer = http.get(page, "Accept-Encoding", coding);
      isIn(coding, answer);
      assertThat(header(answer, "Cache-Status")).startsWith("podium; hit; ttl=");
    }
  }

  /** Java's own client up to 18 says so with each GET. */
  @Test
  void aLengthOfNothingIsNoBody() throws IOException {
    http.until(PAGE, a -> a.statusCode() == 200);
    String get = "GET " + PAGE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n";
    try (Raw raw = new Raw(engine.port())) {
      raw.send(get + "\r\n" + get + "\r\n" + get + "Connection: close\r\n\r\n");
      assertThat(raw.text().split("HTTP/1.1 200 OK\r\n", -1)).hasSize(4);
    }
  }

  private static void isIn(String coding, HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Encoding")).isEqualTo(coding);
    assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
    String suffix = coding.isEmpty() ? "" : coding.equals("gzip") ? "-gz" : "-br";
    assertThat(header(answer, "ETag")).matches("\"[A-Za-z0-9_-]{16}" + suffix + "\"");
  }

  private static byte[] unpacked(HttpResponse<byte[]> answer) throws IOException {
    return switch (header(answer, "Content-Encoding")) {
      case "gzip" -> new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
      case "br" -> Decoder.decompress(answer.body()).getDecompressedData();
      default -> answer.body();
    };
  }
}
