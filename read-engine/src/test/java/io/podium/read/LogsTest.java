package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.config.Config;
import io.podium.config.StoresConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is logged, and what never is. */
class LogsTest {
  private static final String SECRET = "s3cr3t-never-told";
  private static final Set<String> SECTIONS = Set.of("stores", "updater", "engine", "boards");
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger access = (Logger) LoggerFactory.getLogger("podium.access");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> tap = new Tap();
  private Level before = Level.INFO;

  @BeforeEach
  void listen() {
    before = root.getLevel();
    tap.start();
    root.addAppender(tap);
    access.addAppender(tap);
  }

  @AfterEach
  void stop() {
    root.setLevel(before);
    root.detachAppender(tap);
    access.detachAppender(tap);
  }

  /** Stores that are away, wrong tokens, refused settings: errors are told without the secrets. */
  @Test
  void linesAreJsonAndSecretsAreInNone(@TempDir Path dir) throws Exception {
    Map<String, String> secrets =
        Map.ofEntries(
            Map.entry("stores.cache.uri", "redis://:" + SECRET + "@127.0.0.1:1"),
            Map.entry("stores.events.uri", "redis://:" + SECRET + "@127.0.0.1:1"),
            Map.entry(
                "stores.mongo.uri",
                "mongodb://u:" + SECRET + "@127.0.0.1:1/?directConnection=true"),
            Map.entry("engine.adminToken", SECRET),
            Map.entry("engine.cursorKey", SECRET),
            Map.entry("engine.accessLogEvery", "1"),
            Map.entry("engine.port", "0"),
            Map.entry("engine.adminPort", "0"),
            Map.entry("engine.hotTier.dir", dir.resolve("hot").toString()));
    var section = Config.load(null, Map.of(), secrets, SECTIONS);
    root.setLevel(Level.DEBUG);
    EngineConfig config = EngineConfig.from(section);
    StoresConfig stores = StoresConfig.from(section);
    try (Engine engine = Engine.start(config, stores)) {
      lines.add(engine.line());
      Http admin = new Http(engine.adminPort());
      lines.add(Http.text(admin.get("/health/ready")));
      lines.add(Http.text(admin.get("/metrics")));
      lines.add(Http.text(admin.get("/x", "Authorization", "Bearer " + SECRET)));
      new Http(engine.port()).get("/v1/rankings/best?x=%22%0A" + "a".repeat(2_000));
      Http.await("the line", () -> lines.stream().anyMatch(l -> l.contains("%22%0A")));
    }
    String line = lines.stream().filter(l -> l.contains("%22%0A")).findFirst().orElseThrow();
    JsonNode told = new ObjectMapper().readTree(line);
    assertThat(told.get("method").asText()).isEqualTo("GET");
    assertThat(told.get("status").asInt()).isEqualTo(503);
    assertThat(told.get("us").asLong()).isPositive();
    assertThat(line).hasSizeLessThan(800).doesNotContain("\n").doesNotContain("127.0.0.1");
    assertThat(lines).isNotEmpty();
    assertThat(lines).noneMatch(l -> l.contains(SECRET));
  }

  @Test
  void hitsAreToldLikeAllOtherRequests(@TempDir Path dir) throws Exception {
    try (Shop shop = new Shop(dir)) {
      shop.boards(Shop.board(Duration.ofMinutes(10)));
      shop.publish(Shop.BEST, 1000, Shop.entries(1, 45));
      try (Engine engine = Engines.start(shop.stores(), Engines.logging(dir, 3))) {
        Http http = new Http(engine.port());
        String page = "/v1/rankings/best?size=10";
        http.until(page, a -> Http.header(a, "Cache-Status").startsWith("podium; hit"));
        lines.clear();
        for (int i = 0; i < 60; i++) {
          http.get(page);
          http.get("/v1/products/P77777");
        }
        List<String> told = lines.stream().filter(l -> l.startsWith("{\"time\"")).toList();
        assertThat(told).hasSizeBetween(39, 41);
        assertThat(told).filteredOn(l -> l.contains("size=10")).hasSizeBetween(15, 25);
        assertThat(told).allMatch(l -> l.contains("\"every\":3"));
      }
    }
  }

  private final class Tap extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      StringBuilder line = new StringBuilder(event.getFormattedMessage());
      for (var thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
        line.append(' ').append(thrown.getMessage());
      }
      lines.add(line.toString());
    }
  }
}
