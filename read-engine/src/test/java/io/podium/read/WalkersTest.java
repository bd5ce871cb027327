package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.listing.Entry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walkers page through a listing that changes a hundred times a second, each page from another of
 * two engines, one of which is restarted: every walk is exactly one epoch. The whole: {@code
 * -Dpodium.walkers=1000 -Dpodium.walkSeconds=60}.
 */
class WalkersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WALKERS = Integer.getInteger("podium.walkers", 200);
  private static final int SECONDS = Integer.getInteger("podium.walkSeconds", 6);
  private static final long FIRST = 10_000;
  private static final int ENTRIES = 45;
  private static final EngineConfig.Limits LIMITS =
      new EngineConfig.Limits(
          256, 0, 5_000, 0, 20, 0, Duration.ofSeconds(60), Duration.ofSeconds(30), 4_096, 8_192);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong walks = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private volatile int[] ports = {};
  private volatile boolean over;

  @Test
  void everyWalkIsOneEpoch(@TempDir Path dir) throws Exception {
    ScheduledExecutorService updater = Executors.newSingleThreadScheduledExecutor();
    try (Shop shop = new Shop(dir)) {
      shop.boards(Shop.board(Duration.ofMinutes(10)));
      AtomicLong epoch = new AtomicLong(FIRST);
      shop.publish(Shop.BEST, FIRST, entries(FIRST));
      Engine one = start(shop, dir.resolve("one"));
      Engine two = start(shop, dir.resolve("two"));
      ports = new int[] {one.port(), two.port()};
      var unused =
          updater.scheduleAtFixedRate(
              () -> {
                long next = epoch.incrementAndGet();
                shop.publish(Shop.BEST, next, entries(next));
              },
              0,
              10,
              TimeUnit.MILLISECONDS);
      List<CompletableFuture<Void>> walkers = new ArrayList<>();
      for (int i = 0; i < WALKERS; i++) {
        walkers.add(walkAgain());
      }
      long half = epoch.get() + 50L * SECONDS;
      Http.await("half of the epochs", () -> epoch.get() >= half, Duration.ofMinutes(5));
      two.close();
      ports = new int[] {one.port()};
      two = start(shop, dir.resolve("two"));
      ports = new int[] {one.port(), two.port()};
      long end = epoch.get() + 50L * SECONDS;
      Http.await("the other half", () -> epoch.get() >= end, Duration.ofMinutes(5));
      over = true;
      CompletableFuture.allOf(walkers.toArray(CompletableFuture<?>[]::new))
          .get(120, TimeUnit.SECONDS);
      System.out.printf(
          "%d walkers, %d walks, %d epochs, %d retries%n",
          WALKERS, walks.get(), epoch.get() - FIRST, retries.get());
      one.close();
      two.close();
    } finally {
      updater.shutdownNow();
    }
    assertThat(faults).isEmpty();
    assertThat(walks.get()).isGreaterThan(WALKERS);
  }

  private static Engine start(Shop shop, Path dir) {
    Engine engine = Engines.start(shop.stores(), Engines.config(dir, LIMITS));
    new Http(engine.port()).until("/v1/rankings/best?size=10", a -> a.statusCode() == 200);
    return engine;
  }

  /** What an epoch shows follows from its number, so that each page can be checked. */
  private static List<Entry> entries(long epoch) {
    int from = 1 + (int) (epoch * 7 % 40);
    return Shop.entries(from, from + ENTRIES - 1);
  }

  private CompletableFuture<Void> walkAgain() {
    return walk("/v1/rankings/best?size=10", new ArrayList<>(), 0)
        .thenComposeAsync(
            v -> {
              walks.incrementAndGet();
              return over ? CompletableFuture.completedFuture(null) : walkAgain();
            });
  }

  private CompletableFuture<Void> walk(String target, List<String> seen, long epoch) {
    int[] now = ports;
    int port = now[ThreadLocalRandom.current().nextInt(now.length)];
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target)).build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .thenCompose(
            answer ->
                answer.statusCode() == 503
                    ? again(target, seen, epoch)
                    : read(answer, target, seen, epoch))
        .exceptionallyCompose(failure -> again(target, seen, epoch));
  }

  private CompletableFuture<Void> again(String target, List<String> seen, long epoch) {
    retries.incrementAndGet();
    return CompletableFuture.supplyAsync(() -> target, later())
        .thenCompose(t -> walk(t, seen, epoch));
  }

  private static Executor later() {
    return CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<Void> read(
      HttpResponse<byte[]> answer, String target, List<String> seen, long epoch) {
    JsonNode page;
    try {
      page = JSON.readTree(answer.body());
    } catch (IOException e) {
      faults.add(target + " is no JSON: " + e);
      return CompletableFuture.completedFuture(null);
    }
    if (answer.statusCode() != 200) {
      faults.add(target + " answers " + page);
      return CompletableFuture.completedFuture(null);
    }
    long of = page.get("epoch").asLong();
    if (epoch != 0 && of != epoch) {
      faults.add("epoch " + epoch + " goes on with " + of);
    }
    page.get("items").forEach(item -> seen.add(item.get("productId").asText()));
    if (page.has("next")) {
      return walk(page.get("next").asText(), seen, of);
    }
    List<String> published = entries(of).stream().map(Entry::productId).toList();
    if (!seen.equals(published)) {
      faults.add("epoch " + of + " was " + published + " and is walked as " + seen);
    }
    return CompletableFuture.completedFuture(null);
  }
}
