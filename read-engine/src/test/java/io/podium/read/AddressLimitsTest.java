package io.podium.read;

import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressLimitsTest {
  @Test
  void oneAddressCannotTakeAllConnections(@TempDir Path dir) throws IOException {
    EngineConfig.Limits limits =
        new EngineConfig.Limits(
            64, 0, 400, 3, 20, Duration.ofSeconds(20), Duration.ofSeconds(5), 4_096, 8_192);
    try (Shop shop = new Shop(dir);
        Engine engine = Engines.start(shop.stores(), Engines.config(dir, limits))) {
      List<Raw> held = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        held.add(new Raw(engine.port()));
      }
      Http admin = new Http(engine.adminPort());
      Http.await("three", () -> text(admin.get("/metrics")).contains("read_connections 3\n"));
      try (Raw fourth = new Raw(engine.port())) {
        assertThat(fourth.rest()).isEmpty();
      }
      assertThat(text(admin.get("/metrics")))
          .contains("podium_read_connections_refused_total{limit=\"address\"} 1");
      held.get(0).close();
      Http.await("two", () -> text(admin.get("/metrics")).contains("read_connections 2\n"));
      try (Raw next = new Raw(engine.port())) {
        next.send("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(next.text()).startsWith("HTTP/1.1 200");
      }
      for (Raw raw : held) {
        raw.close();
      }
    }
  }
}
