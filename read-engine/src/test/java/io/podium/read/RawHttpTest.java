package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What only a raw socket can send: never read as two requests, never left hanging. */
@ExtendWith(LiveShop.class)
class RawHttpTest {
  private static final String GET = "GET /v1/boards HTTP/1.1\r\nHost: x\r\n";
  private final int port;

  RawHttpTest(LiveShop.Running live) {
    this.port = live.engine.port();
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("no HTTP at all", "hello\r\n\r\n", "400"),
        Arguments.of("wrong version", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "400|501|505"),
        Arguments.of("space before the colon", GET + "X-A : b\r\n\r\n", "400"),
        Arguments.of("folded header", GET + "X-A: b\r\n c: d\r\n\r\n", "400|200"),
        Arguments.of("bare LF in a target", "GET /v1/\nboards HTTP/1.1\r\nHost: x\r\n\r\n", "400"),
        Arguments.of("NUL in a header", GET + "X-A: b\0c\r\n\r\n", "400"),
        Arguments.of(
            "two lengths", GET + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"),
        Arguments.of(
            "length and chunked",
            GET + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "400|413"),
        Arguments.of("bad length", GET + "Content-Length: -1\r\n\r\n", "400"),
        Arguments.of("length with a sign", GET + "Content-Length: +1\r\n\r\na", "400"),
        Arguments.of(
            "bad chunk size",
            GET + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
            "400|413"),
        Arguments.of("large body", GET + "Content-Length: 100000000\r\n\r\n", "413"),
        Arguments.of(
            "long line", "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", "414"),
        Arguments.of("large header", GET + "X-A: " + "a".repeat(20_000) + "\r\n\r\n", "431"),
        Arguments.of(
            "non-ASCII target", "GET /v1/boards?\u00ff HTTP/1.1\r\nHost: x\r\n\r\n", "400"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void isRefusedOnceAndTheConnectionEnds(String name, String request, String statuses)
      throws IOException {
    String answer = exchange(request + GET + "Connection: close\r\n\r\n");
    if (!answer.isEmpty()) {
      assertThat(answer).as(name).matches("(?s)HTTP/[0-9.]+ (" + statuses + ") .*");
      int answers = answer.split("HTTP/[0-9.]+ [0-9]{3} ", -1).length - 1;
      assertThat(answers).as(answer).isEqualTo(answer.contains(" 200 OK") ? 2 : 1);
    }
  }

  @Test
  void absoluteFormIsTheSameTarget() throws IOException {
    String answer =
        exchange(
            "GET http://other.example/v1/boards HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(answer).contains("\"best\"");
  }

  @Test
  void pipelinedRequestsAreAnsweredInTurn() throws IOException {
    String page = "GET /v1/rankings/best?size=10 HTTP/1.1\r\nHost: x\r\n";
    String answer = exchange(page + "\r\n" + GET + "\r\n" + page + "Connection: close\r\n\r\n");
    assertThat(answer.split("HTTP/1\\.1 200", -1)).hasSize(4);
    assertThat(answer.indexOf("\"items\"")).isLessThan(answer.indexOf("\"boards\""));
  }

  @Test
  void aSmallBodyIsReadOver() throws IOException {
    String answer =
        exchange(GET + "Content-Length: 3\r\n\r\nabc" + GET + "Connection: close\r\n\r\n");
    assertThat(answer.split("HTTP/1\\.1 200", -1)).hasSize(3);
  }

  /** Everything until the server closes; fails when it does not. */
  private String exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
