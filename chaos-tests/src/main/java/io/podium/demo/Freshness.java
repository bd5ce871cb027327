package io.podium.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.demo.Events.Buyer;
import io.podium.demo.Events.Line;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long a sale takes to the page: buys one piece of a product that nobody else buys, and reads
 * the page of its kind until it counts one more. One thread.
 */
final class Freshness implements AutoCloseable {
  private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration GIVE_UP = Duration.ofSeconds(20);

  private final String engine;
  private final List<Product> samples;
  private final EventPost post;
  private final Api api;
  private final Events events = new Events("sample-" + System.currentTimeMillis());
  private final Latencies latencies = new Latencies(60);
  private volatile boolean stopped;

  Freshness(String engine, List<Product> samples, EventPost post, Api api) {
    this.engine = engine;
    this.samples = samples;
    this.post = post;
    this.api = api;
  }

  /** Until it is closed or interrupted. */
  void run() throws InterruptedException {
    for (int i = 0; !stopped; i++) {
      measure(samples.get(i % samples.size()), i);
      LockSupport.parkNanos(EVERY);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void measure(Product product, int number) throws InterruptedException {
    Long before = units(product);
    if (before == null) {
      return;
    }
    long started = System.nanoTime();
    post.post(
        List.of(
            events.order(
                Instant.now(),
                "sample-" + started + "-" + number,
                new Buyer("sampler", "30s"),
                List.of(new Line(product.id(), 1, product.price())))));
    while (!stopped && System.nanoTime() - started < GIVE_UP.toNanos()) {
      Long now = units(product);
      if (now != null && now > before) {
        latencies.record(System.nanoTime() - started);
        return;
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
  }

  /** What the page of its kind says; null when the page or the product is not there. */
  private @Nullable Long units(Product product) throws InterruptedException {
    JsonNode page =
        api.get(
            engine
                + "/v1/rankings/best-sellers?size=50&category="
                + URLEncoder.encode(product.path(), StandardCharsets.UTF_8));
    if (page != null) {
      for (JsonNode item : page.path("items")) {
        if (item.path("productId").asText().equals(product.id()) && item.has("score")) {
          return item.get("score").asLong();
        }
      }
    }
    return null;
  }

  Latencies latencies() {
    return latencies;
  }

  @Override
  public void close() {
    stopped = true;
  }
}
