package io.podium.bench.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a server that answers one request after the other. */
class OpenLoopTest {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private HttpServer server;
  private volatile long pauseNanos;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext(
        "/",
        exchange -> {
          LockSupport.parkNanos(pauseNanos);
          int status =
              asked.incrementAndGet() % 2 == 0 && isHalf(exchange.getRequestURI()) ? 503 : 200;
          byte[] body = new byte[10_000];
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private static boolean isHalf(URI uri) {
    return uri.getPath().equals("/half");
  }

  @AfterEach
  void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private OpenLoop load(String path) {
    return new OpenLoop(server.getAddress().getPort(), n -> path);
  }

  @Test
  void whatIsBehindCountsFromWhenItWasDue() throws IOException {
    pauseNanos = 20_000_000;
    try (OpenLoop load = load("/")) {
      OpenLoop.Outcome outcome = load.run(100, HALF_A_SECOND);
      // 50 requests of 20 ms each: the last was due after half a second, and is answered after one.
      assertThat(outcome.micros().getTotalCount()).isEqualTo(50);
      assertThat(outcome.micros().getMaxValue()).isGreaterThan(400_000);
      assertThat(outcome.accepted()).isLessThan(30);
    }
  }

  @Test
  void otherStatusesAreNotGoodput() throws IOException {
    try (OpenLoop load = load("/half")) {
      OpenLoop.Outcome outcome = load.run(200, HALF_A_SECOND);
      assertThat(outcome.shed()).isEqualTo(50);
      assertThat(outcome.micros().getTotalCount()).isEqualTo(50);
    }
  }

  @Test
  void aServerThatClosesEndsIt() throws IOException {
    try (OpenLoop load = load("/")) {
      load.run(100, Duration.ofMillis(100));
      server.stop(0);
      assertThatThrownBy(() -> load.run(100, HALF_A_SECOND))
          .isInstanceOf(MeasurementException.class);
    }
  }
}
