package io.podium.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.demo.Events.Buyer;
import io.podium.demo.Events.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledProcessesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Buyer BUYER = new Buyer("b-1", "30s");

  private final Events events = new Events("killed");
  private Running demo;
  private long orders;

  @BeforeAll
  void start(@TempDir Path dir) throws Exception {
    demo = new Running(dir, "boards.yaml");
  }

  @AfterAll
  void stop() throws Exception {
    demo.close();
  }

  private void sell(String product, int quantity) throws InterruptedException {
    demo.post.post(
        List.of(
            events.order(
                Instant.now(),
                "killed-" + orders++,
                BUYER,
                List.of(new Line(product, quantity, 1000)))));
  }

  @Test
  void whatIsBoughtAMillionTimesStandsFirst() throws Exception {
    sell("P-million", 1_000_000);
    Await.until(
        "the product bought a million times, on top",
        PATIENCE,
        () -> {
          JsonNode page = demo.page("?size=10");
          return page != null
              && page.at("/items/0/productId").asText().equals("P-million")
              && page.at("/items/0/score").asLong() == 1_000_000;
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"redis-events", "redis-cache", "mongo", "updater-a", "updater-b", "engine"})
  void aKilledProcessComesBackAndNothingIsLostOrCountedTwice(String name) throws Exception {
    String product = "P-" + name;
    long killed = demo.pid(name);
    for (int i = 0; i < 40; i++) {
      if (i == 15) {
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      }
      sell(product, 2);
    }
    Await.until(
        name + " started again",
        PATIENCE,
        () -> demo.pid(name) != killed && ProcessHandle.of(demo.pid(name)).isPresent());
    Await.until(
        "80 units sold around the kill of " + name,
        PATIENCE,
        () -> demo.scores().getOrDefault(product, 0L) >= 80);
    assertThat(demo.scores()).containsEntry(product, 80L);
  }
}
