package io.podium.read;

import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import io.podium.config.StoresConfig;
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
            64, 0, 400, 3, 20, 0, Duration.ofSeconds(20), Duration.ofSeconds(5), 4_096, 8_192);
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

  @Test
  void oneAddressCannotTakeAllLoads(@TempDir Path dir) throws IOException {
    Duration patience = Duration.ofSeconds(60);
    EngineConfig.Limits limits =
        new EngineConfig.Limits(64, 1, 400, 0, 20, 0, patience, patience, 4_096, 8_192);
    try (Shop shop = new Shop(dir);
        FaultProxy redis = FaultProxy.to(shop.redis.port(), 1);
        FaultProxy mongo = FaultProxy.to(shop.mongo.port(), 2)) {
      shop.boards(Shop.board(Duration.ofMinutes(10)));
      shop.publish(Shop.BEST, 1000, Shop.entries(1, 45));
      try (Engine engine =
          Engines.start(
              silent(redis.port(), mongo.port(), patience), Engines.config(dir, limits))) {
        Http http = new Http(engine.port());
        http.until("/v1/rankings/best", a -> a.statusCode() == 200);
        Http admin = new Http(engine.adminPort());
        Http.await(
            "the listing is held",
            () ->
                http.get("/v1/rankings/best/products/P1").statusCode() == 200
                    && text(admin.get("/metrics")).contains("podium_read_listings 1\n"));
        redis.set(Fault.NONE, Fault.BLACK_HOLE);
        mongo.set(Fault.NONE, Fault.BLACK_HOLE);
        try (Raw first = ask(engine, "127.0.0.1", "/v1/products/X1")) {
          Http.await("the load", () -> !text(admin.get("/metrics")).contains("\"loads\"} 0\n"));
          for (String target :
              new String[] {
                "/v1/products/X2", "/v1/products/X%32", "/v1/rankings/best/changes?category=empty",
              }) {
            try (Raw second = ask(engine, "127.0.0.1", target)) {
              assertThat(second.line()).as(target).startsWith("HTTP/1.1 503");
            }
          }
          try (Raw held = ask(engine, "127.0.0.1", "/v1/rankings/best/changes")) {
            assertThat(held.line()).startsWith("HTTP/1.1 200");
          }
          try (Raw other = ask(engine, "127.0.0.2", "/v1/products/X3")) {
            redis.heal();
            mongo.heal();
            assertThat(other.line()).startsWith("HTTP/1.1 404");
          }
          assertThat(first.line()).startsWith("HTTP/1.1 404");
        }
      }
    }
  }

  @Test
  void oneAddressCannotTakeAllStreams(@TempDir Path dir) throws IOException {
    EngineConfig.Limits limits =
        new EngineConfig.Limits(
            64, 0, 400, 0, 3, 2, Duration.ofSeconds(60), Duration.ofSeconds(30), 4_096, 8_192);
    String changes = "/v1/rankings/best/changes";
    try (Shop shop = new Shop(dir)) {
      shop.boards(Shop.board(Duration.ofMinutes(10)));
      shop.publish(Shop.BEST, 1000, Shop.entries(1, 45));
      try (Engine engine = Engines.start(shop.stores(), Engines.config(dir, limits))) {
        new Http(engine.port()).until("/v1/rankings/best", a -> a.statusCode() == 200);
        Http admin = new Http(engine.adminPort());
        Raw first = ask(engine, "127.0.0.1", changes);
        first.until("data: ");
        try (Raw second = ask(engine, "127.0.0.1", changes)) {
          second.until("data: ");
          try (Raw third = ask(engine, "127.0.0.1", changes)) {
            third.until("HTTP/1.1 503");
            third.until("retry-after: 1");
          }
          try (Raw other = ask(engine, "127.0.0.2", changes)) {
            other.until("data: ");
            try (Raw fourth = ask(engine, "127.0.0.3", changes)) {
              fourth.until("HTTP/1.1 503");
            }
          }
          first.close();
          Http.await(
              "two are gone",
              () -> text(admin.get("/metrics")).contains("podium_read_changes_clients 1\n"));
          try (Raw next = ask(engine, "127.0.0.1", changes)) {
            next.until("data: ");
          }
        }
        assertThat(text(admin.get("/metrics")))
            .contains("podium_read_changes_refused_total{limit=\"address\"} 1\n")
            .contains("podium_read_changes_refused_total{limit=\"all\"} 1\n");
      }
    }
  }

  private static Raw ask(Engine engine, String from, String target) throws IOException {
    return new Raw(engine.port(), from).send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  private static StoresConfig silent(int redis, int mongo, Duration patience) {
    return new StoresConfig(
        "redis://127.0.0.1:" + redis,
        "redis://127.0.0.1:" + redis,
        "mongodb://127.0.0.1:" + mongo + "/?directConnection=true",
        "podium",
        new StoresConfig.RedisLimits(patience, patience, patience, patience, 4_096),
        new StoresConfig.MongoLimits(patience, patience, patience, 8));
  }
}
