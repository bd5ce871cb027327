package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
  @Test
  void readinessGoesFirstThenStreamsThenTheSocket(@TempDir Path dir) throws Exception {
    try (Shop shop = new Shop(dir)) {
      shop.boards(Shop.board(Duration.ofMinutes(10)));
      shop.publish(Shop.BEST, 1000, Shop.entries(1, 10));
      Engine engine = Engines.start(shop.stores(), Engines.draining(dir, Duration.ofSeconds(3)));
      Http http = new Http(engine.port());
      Http admin = new Http(engine.adminPort());
      http.until("/v1/rankings/best", a -> a.statusCode() == 200);
      Http.await("ready", () -> admin.get("/health/ready").statusCode() == 200);
      try (Raw stream = new Raw(engine.port());
          Raw idle = new Raw(engine.port())) {
        stream.send("GET /v1/rankings/best/changes HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(stream.line()).isEqualTo("HTTP/1.1 200 OK");
        idle.send("GET /v1/boards HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(idle.line()).isEqualTo("HTTP/1.1 200 OK");
        Thread stop = new Thread(engine::drain);
        stop.start();
        Http.await("not ready", () -> admin.get("/health/ready").statusCode() == 503);
        // Not ready, and still serving; keep-alive clients are told to leave.
        var answer = http.get("/v1/rankings/best");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Http.header(answer, "Connection")).isEqualTo("close");
        assertThat(admin.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(stream.text()).contains("\"epoch\":1000").endsWith("0\r\n\r\n");
        assertThat(idle.text()).contains("\"boards\"");
        stop.join();
      }
      Assertions.assertThatThrownBy(() -> new Raw(engine.port()))
          .isInstanceOfAny(ConnectException.class, IOException.class);
    }
  }
}
