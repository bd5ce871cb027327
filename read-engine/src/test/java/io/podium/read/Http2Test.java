package io.podium.read;

import static io.podium.read.Frames.CONTINUATION;
import static io.podium.read.Frames.END_BOTH;
import static io.podium.read.Frames.HEADERS;
import static io.podium.read.Frames.PREFACE;
import static io.podium.read.Frames.RESET;
import static io.podium.read.Frames.SETTINGS;
import static io.podium.read.Frames.frame;
import static io.podium.read.Frames.get;
import static io.podium.read.Frames.literal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveShop.class)
class Http2Test {
  private final int port;

  Http2Test(LiveShop.Running live) {
    this.port = live.engine.port();
  }

  @Test
  void aClearTextConnectionIsUpgraded() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/v1/rankings/best?size=10"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("etag")).isPresent();
    }
  }

  @Test
  void priorKnowledgeWorksHoweverThePrefaceIsCut() throws IOException {
    for (int cut : new int[] {1, 4, 12, 20}) {
      try (Raw raw = new Raw(port)) {
        raw.send(java.util.Arrays.copyOf(PREFACE, cut));
        raw.send(java.util.Arrays.copyOfRange(PREFACE, cut, PREFACE.length));
        raw.send(frame(SETTINGS, 0, 0, new byte[0]));
        raw.send(frame(HEADERS, END_BOTH, 1, get("/v1/boards")));
        raw.until("\"boards\"");
      }
    }
  }

  @Test
  void rapidResetsEndTheConnection() throws IOException {
    try (Raw raw = open()) {
      ByteArrayOutputStream attack = new ByteArrayOutputStream();
      for (int stream = 1; stream < 1_000; stream += 2) {
        attack.writeBytes(frame(HEADERS, END_BOTH, stream, get("/v1/boards")));
        attack.writeBytes(frame(RESET, 0, stream, new byte[] {0, 0, 0, 8}));
      }
      try {
        raw.send(attack.toByteArray());
      } catch (IOException cut) {
        // Already closed.
      }
      raw.rest(); // ends, or the test times out
    }
  }

  @Test
  void endlessContinuationsEndTheConnection() throws IOException {
    try (Raw raw = open()) {
      raw.send(frame(HEADERS, 1, 1, get("/v1/boards")));
      byte[] more = frame(CONTINUATION, 0, 1, new byte[0]);
      byte[] header = frame(CONTINUATION, 0, 1, literal("x-a", "a".repeat(100)));
      Http.await(
          "the connection ends",
          () -> {
            try {
              raw.send(more);
              raw.send(header);
              return false;
            } catch (IOException cut) {
              return true;
            }
          });
    }
  }

  @Test
  void nothingButHttp2FollowsThePreface() throws IOException {
    try (Raw raw = open()) {
      raw.send("GET /v1/boards HTTP/1.1\r\nHost: x\r\n\r\n".repeat(10));
      assertThat(raw.text()).doesNotContain("HTTP/1.1 200");
    }
  }

  private Raw open() throws IOException {
    return new Raw(port).send(PREFACE).send(frame(SETTINGS, 0, 0, new byte[0]));
  }
}
