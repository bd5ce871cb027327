package io.podium.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void aSpanReachesTheCollectorWithItsParent() throws Exception {
    BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          bodies.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      String address = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
      try (Traces traces = Traces.to(address, "podium-test")) {
        assertThat(traces.isOn()).isTrue();
        Span span = traces.begin("load page", PARENT);
        assertThat(span.getSpanContext().getTraceId())
            .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        Traces.end(span, new IllegalStateException("away"));
      }
      byte[] body = bodies.poll(20, TimeUnit.SECONDS);
      assertThat(body).isNotNull();
      assertThat(new String(body, StandardCharsets.ISO_8859_1))
          .contains("load page")
          .contains("podium-test")
          .contains("away");
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void offIsOff() {
    Span span = Traces.OFF.begin("load page", PARENT);
    assertThat(span.isRecording()).isFalse();
    Traces.end(span, null);
    Traces.OFF.close();
    assertThat(Traces.to(null, "podium").isOn()).isFalse();
  }
}
