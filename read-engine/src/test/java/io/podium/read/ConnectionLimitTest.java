package io.podium.read;

import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections beyond the limit for all: each is closed and counted, until there is room again. */
class ConnectionLimitTest {
  private static final int ALLOWED = 20;
  private static final int BEYOND = 150;
  private static final String ASK =
      "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  @Test
  void eachIsClosedAndCounted_andWhoComesWhenThereIsRoomIsServed(@TempDir Path dir)
      throws IOException {
    EngineConfig.Limits limits =
        new EngineConfig.Limits(
            64, 0, ALLOWED, 0, 20, 0, Duration.ofSeconds(60), Duration.ofSeconds(30), 4_096, 8_192);
    try (Shop shop = new Shop(dir);
        Engine engine = Engines.start(shop.stores(), Engines.config(dir, limits))) {
      Http admin = new Http(engine.adminPort());
      for (int round = 1; round <= 3; round++) {
        List<Raw> held = held(engine, admin);
        for (int i = 0; i < BEYOND; i++) {
          try (Raw beyond = new Raw(engine.port())) {
            assertThat(beyond.rest()).isEmpty();
          }
        }
        assertThat(text(admin.get("/metrics")))
            .contains(refused(round * BEYOND))
            .contains(connections(ALLOWED));
        held.remove(0).close();
        Http.await("room", () -> text(admin.get("/metrics")).contains(connections(ALLOWED - 1)));
        try (Raw next = new Raw(engine.port())) {
          assertThat(next.send(ASK).text()).startsWith("HTTP/1.1 200");
        }
        for (Raw raw : held) {
          raw.close();
        }
        Http.await("nobody", () -> text(admin.get("/metrics")).contains(connections(0)));
      }
    }
  }

  /** As many as are allowed. */
  private static List<Raw> held(Engine engine, Http admin) throws IOException {
    List<Raw> held = new ArrayList<>();
    for (int i = 0; i < ALLOWED; i++) {
      held.add(new Raw(engine.port()));
    }
    Http.await("all", () -> text(admin.get("/metrics")).contains(connections(ALLOWED)));
    return held;
  }

  private static String connections(int open) {
    return "podium_read_connections " + open + "\n";
  }

  private static String refused(int all) {
    return String.format(
        Locale.ROOT, "podium_read_connections_refused_total{limit=\"all\"} %d\n", all);
  }
}
