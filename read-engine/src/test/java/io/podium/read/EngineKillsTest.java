package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.backends.FaultProxy;
import io.podium.backends.FreePorts;
import io.podium.backends.JavaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine is killed again and again while listings and cards change, more of them than its hot
 * tier holds, and while it starts, and comes up each time with no store to be reached: what it was
 * serving is there, whole, and no start waits for a lock.
 */
class EngineKillsTest {
  /** How often; {@code -Dpodium.engine.kills=1000} for more. */
  private static final int KILLS = Integer.getInteger("podium.engine.kills", 20);

  private static final String BEST = "/v1/rankings/best?size=50";
  private static final String TONER =
      "/v1/rankings/best?category=beauty/%EC%8A%A4%ED%82%A8%EC%BC%80%EC%96%B4&size=20";
  private static final int PRODUCTS = 40;
  private static final int NEW_PRODUCTS = 30;

  private static final int MOST_OF_A_START_MS = 1_500;

  /** The library gives up on a lock after a minute; a start that met one would take that long. */
  private static final long START_S = 30;

  private final int port = FreePorts.next();
  private final int adminPort = FreePorts.next();
  private final Http http = new Http(port);
  private final Http admin = new Http(adminPort);
  private long epoch = 1_000;

  @Test
  void comesUpWithWhatItServedAfterEveryKill(@TempDir Path dir) throws InterruptedException {
    try (Shop shop = new Shop(dir)) {
      shop.boards(Shop.board(Duration.ofMinutes(10)));
      change(shop);
      int redis = URI.create(shop.redis.uri()).getPort();
      try (FaultProxy link = FaultProxy.to(redis, 1);
          JavaProcess engine = engine(dir, link.port())) {
        for (int round = 0; round < KILLS; round++) {
          link.heal();
          Http.await("the engine listens", this::isListening);
          long before = epoch;
          http.until(BEST, a -> isFresh(a) && json(a).get("epoch").asLong() >= before);
          http.until(TONER, EngineKillsTest::isHit);
          changeForAWhile(shop);
          link.refuse();
          engine.restart();
          if (round % 2 == 0) {
            killWhileItStarts(engine);
          }
          expectWhatWasServed(before);
        }
      }
    }
  }

  private static boolean isHit(HttpResponse<byte[]> answer) {
    return header(answer, "Cache-Status").startsWith("podium; hit");
  }

  private static boolean isFresh(HttpResponse<byte[]> answer) {
    return header(answer, "Cache-Status").startsWith("podium; hit; ttl=1;");
  }

  private JavaProcess engine(Path dir, int redisPort) {
    Map<String, String> settings =
        Map.of(
            "engine.host",
            "127.0.0.1",
            "engine.port",
            Integer.toString(port),
            "engine.adminPort",
            Integer.toString(adminPort),
            "engine.hotTier.dir",
            dir.resolve("hot").toString(),
            "engine.hotTier.entries",
            "1000",
            "stores.cache.uri",
            "redis://127.0.0.1:" + redisPort,
            // What is killed here is the engine: its stores are to be back soon after.
            "stores.redis.reconnectWithin",
            "PT0.05S",
            "stores.guards.probeAfter",
            "PT0.05S",
            "stores.mongo.uri",
            "mongodb://127.0.0.1:1/?directConnection=true");
    List<String> arguments = new ArrayList<>(List.of("serve"));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return new JavaProcess(
        "engine",
        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"),
        Main.class.getName(),
        arguments,
        dir.resolve("engine.log"));
  }

  /** The kill meets the engine at any point of its writing. */
  private void changeForAWhile(Shop shop) throws InterruptedException {
    int changes = 5 + ThreadLocalRandom.current().nextInt(20);
    for (int i = 0; i < changes; i++) {
      change(shop);
    }
    TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(20_000));
  }

  /** At any point, so that what it mends of the kill before may be half mended. */
  private static void killWhileItStarts(JavaProcess engine) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MOST_OF_A_START_MS));
    engine.restart();
  }

  /** The products of an epoch begin with its number, so that a mixture of two would show. */
  private void change(Shop shop) {
    epoch += NEW_PRODUCTS;
    int first = (int) epoch;
    shop.publish(Shop.BEST, epoch, Shop.entries(first, first + PRODUCTS - 1));
    shop.publish(Shop.BEST_TONER, epoch, Shop.entries(first, first + PRODUCTS - 1));
    for (int i = 0; i < NEW_PRODUCTS; i++) {
      String id = "P" + (first + PRODUCTS - NEW_PRODUCTS + i);
      shop.card(id, epoch, Map.of("name", "\"" + id + "\"", "price", Long.toString(epoch)));
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void expectWhatWasServed(long atLeast) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_S);
    Http.await("the engine listens", this::isListening);
    for (String page : List.of(BEST, TONER)) {
      HttpResponse<byte[]> answer = http.get(page);
      assertThat(answer.statusCode()).as(page + ' ' + text(answer)).isEqualTo(200);
      assertThat(header(answer, "Cache-Status")).startsWith("podium; hit; ttl=");
      JsonNode shown = json(answer);
      long first = shown.get("epoch").asLong();
      assertThat(first).isGreaterThanOrEqualTo(page.equals(BEST) ? atLeast : 1_001);
      for (JsonNode item : shown.get("items")) {
        long rank = item.get("rank").asLong();
        assertThat(item.get("productId").asText()).isEqualTo("P" + (first + rank - 1));
      }
    }
    assertThat(System.nanoTime()).as("waited for a lock").isLessThan(deadline);
    String metrics = text(admin.get("/metrics"));
    assertThat(metrics).contains("podium_hot_set_aside_total 0");
    assertThat(metrics).contains("podium_hot_corrupt_total 0");
  }
}
