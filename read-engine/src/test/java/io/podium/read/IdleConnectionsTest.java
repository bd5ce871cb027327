package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Connections on which nothing moves are closed, the others are kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdleConnectionsTest {
  private static final Duration IDLE = Duration.ofSeconds(4);
  private static final long PAUSE = IDLE.toNanos() / 8;
  private static final Duration SLOW = Duration.ofSeconds(30);
  private static final String GET = "GET /v1/boards HTTP/1.1\r\nHost: x\r\n\r\n";

  private Shop shop;
  private Engine engine;

  @BeforeAll
  void open(@TempDir Path dir) {
    shop = new Shop(dir);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    EngineConfig.Limits limits =
        new EngineConfig.Limits(64, 0, 40, 0, 20, 0, IDLE, SLOW, 4_096, 8_192);
    engine = Engines.start(shop.stores(), Engines.config(dir, limits));
    new Http(engine.port()).until("/v1/boards", a -> a.statusCode() == 200);
  }

  @AfterAll
  void close() {
    engine.close();
    shop.close();
  }

  @Test
  void thoseThatSayNothingAreClosed() throws IOException {
    long opened = System.nanoTime();
    try (Raw silent = new Raw(engine.port());
        Raw answered = new Raw(engine.port());
        Raw http2 = new Raw(engine.port())) {
      answered.send(GET);
      http2.send(Frames.PREFACE);
      http2.send(Frames.frame(Frames.SETTINGS, 0, 0, new byte[0]));
      assertThat(silent.text()).isEmpty();
      assertThat(System.nanoTime() - opened).isGreaterThan(IDLE.toNanos());
      assertThat(answered.text()).startsWith("HTTP/1.1 200").doesNotContain("connection: close");
      // The server's preface is a frame of settings.
      assertThat(http2.rest()[3]).isEqualTo((byte) 4);
    }
  }

  @Test
  void oneThatAsksNowAndThenIsKept() throws IOException {
    try (Raw raw = new Raw(engine.port())) {
      for (long slept = 0; slept < 2 * IDLE.toNanos(); slept += PAUSE) {
        raw.send(GET);
        LockSupport.parkNanos(PAUSE);
      }
      raw.send(GET.replace("Host", "Connection: close\r\nHost"));
      assertThat(raw.text().split("HTTP/1\\.1 200", -1)).hasSize(18);
    }
  }
}
