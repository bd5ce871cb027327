package io.podium.read;

import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold on to what they have are cut; good ones never notice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsTest {
  private static final String GET = "GET /v1/rankings/best?size=100 HTTP/1.1\r\nHost: x\r\n";
  private Shop shop;
  private Engine engine;
  private Http http;
  private Http admin;

  @BeforeAll
  void open(@TempDir Path dir) {
    shop = new Shop(dir);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    shop.publish(Shop.BEST, 1000, Shop.entries(1, 100));
    EngineConfig.Limits limits =
        new EngineConfig.Limits(
            64, 0, 40, 0, 20, 0, Duration.ofSeconds(20), Duration.ofSeconds(1), 4_096, 8_192);
    engine = Engines.start(shop.stores(), Engines.config(dir, limits));
    http = new Http(engine.port());
    admin = new Http(engine.adminPort());
    http.until("/v1/rankings/best?size=100", a -> a.statusCode() == 200);
  }

  @AfterAll
  void close() {
    engine.close();
    shop.close();
  }

  @Test
  void aHeadThatDoesNotEndIsCut() throws IOException {
    try (Raw raw = new Raw(engine.port())) {
      raw.send(GET + "X-A: ");
      assertThat(raw.text()).isEmpty();
    }
  }

  @Test
  void aHeadThatDripsIsCut() throws IOException {
    try (Raw raw = new Raw(engine.port())) {
      raw.send(GET);
      Http.await(
          "the dripping client is cut",
          () -> {
            try {
              raw.send("X-A: b\r\n");
              return false;
            } catch (IOException cut) {
              return true;
            }
          });
    }
  }

  @Test
  void aSecondHeadThatDoesNotEndIsCutAfterTheFirstAnswer() throws IOException {
    try (Raw raw = new Raw(engine.port())) {
      raw.send(GET + "\r\n" + "GET /v1/");
      String answers = raw.text();
      assertThat(answers).startsWith("HTTP/1.1 200");
      assertThat(answers.split("HTTP/1\\.1 ", -1)).hasSize(2);
    }
  }

  @Test
  void aClientThatSendsWithoutReadingIsCut() throws IOException {
    try (Raw raw = new Raw(engine.port())) {
      String many = (GET + "\r\n").repeat(200);
      Http.await(
          "the client that does not read is cut",
          () -> {
            try {
              raw.send(many);
              return false;
            } catch (IOException cut) {
              return true;
            }
          });
    }
    assertThat(http.get("/v1/boards").statusCode()).isEqualTo(200);
    assertThat(text(admin.get("/metrics")))
        .containsPattern("podium_read_connections_cut_total [1-9]");
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAndOthersGoOn() throws IOException {
    List<Raw> held = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        held.add(new Raw(engine.port()));
      }
      Http.await(
          "some are refused",
          () -> text(admin.get("/metrics")).contains("podium_read_connections 40\n"));
      assertThat(text(admin.get("/metrics")))
          .containsPattern("connections_refused_total\\{limit=\"all\"} [1-9]");
      assertThat(http.get("/v1/boards").statusCode()).isEqualTo(200);
    } finally {
      for (Raw raw : held) {
        raw.close();
      }
    }
    Http.await(
        "all are told as gone",
        () -> !text(admin.get("/metrics")).contains("podium_read_connections 40\n"));
  }
}
