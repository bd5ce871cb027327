package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only a raw socket can send. What must be refused is in {@link SmugglingTest}. */
@ExtendWith(LiveShop.class)
class RawHttpTest {
  private static final String GET = "GET /v1/boards HTTP/1.1\r\nHost: x\r\n";
  private final int port;

  RawHttpTest(LiveShop.Running live) {
    this.port = live.engine.port();
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
  void nothingIsAnsweredAfterTheRequestThatEndsTheConnection() throws IOException {
    String page = "GET /v1/rankings/best?size=10 HTTP/1.1\r\nHost: x\r\n";
    String answer = exchange(page + "\r\n" + page + "Connection: Close\r\n\r\n" + page + "\r\n");
    assertThat(answer.split("HTTP/1\\.1 200", -1)).hasSize(3);
    assertThat(answer.split("connection: close\r\n", -1)).hasSize(2);
    assertThat(answer).endsWith("}");
    assertThat(answer.indexOf("connection: close")).isGreaterThan(answer.indexOf("\"items\""));
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
