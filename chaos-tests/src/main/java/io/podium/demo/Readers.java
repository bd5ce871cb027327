package io.podium.demo;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Visitors who read pages at a fixed rate, whatever the answers take (an open loop): latency counts
 * from the moment at which a read was due. Few pages are read often, most hardly ever.
 */
final class Readers implements AutoCloseable {
  private static final int PER_SECOND = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final List<URI> pages;
  private final Popularity popularity;
  private final Latencies latencies = new Latencies(30);
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile @Nullable Latencies also;
  private volatile boolean stopped;

  Readers(String engine, List<String> paths, long seed) {
    this.pages = paths.stream().map(p -> URI.create(engine + p)).toList();
    this.popularity = new Popularity(pages.size(), 1.1, new Random(seed));
  }

  /** Pages of the demo's own boards, the most visited first. */
  static List<String> paths(Catalogue catalogue) {
    TreeSet<String> categories = new TreeSet<>();
    for (Product p : catalogue.products()) {
      for (int end = p.path().indexOf('/'); end > 0; end = p.path().indexOf('/', end + 1)) {
        categories.add(p.path().substring(0, end));
      }
      categories.add(p.path());
    }
    List<String> paths = new ArrayList<>();
    for (String board : List.of("best-sellers", "trending", "today")) {
      paths.add("/v1/rankings/" + board + "?size=20");
    }
    for (String age : List.of("20s", "30s", "40s")) {
      paths.add("/v1/rankings/best-sellers?ageGroup=" + age + "&size=20");
    }
    for (String category : categories) {
      String value = URLEncoder.encode(category, StandardCharsets.UTF_8);
      paths.add("/v1/rankings/best-sellers?category=" + value + "&size=20");
    }
    return paths;
  }

  /** Until it is closed. */
  void run() {
    long interval = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    long due = System.nanoTime();
    while (!stopped) {
      due += interval;
      for (long left = due - System.nanoTime();
          left > 0 && !stopped;
          left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
      read(due);
    }
  }

  private void read(long due) {
    HttpRequest request =
        HttpRequest.newBuilder(pages.get(popularity.next()))
            .timeout(PATIENCE)
            .header("Accept-Encoding", "gzip")
            .build();
    CompletableFuture<HttpResponse<Void>> unused =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.discarding())
            .whenComplete(
                (answer, failure) -> {
                  record(System.nanoTime() - due);
                  if (failure == null && answer.statusCode() == 200) {
                    answered.increment();
                  } else {
                    failed.increment();
                  }
                });
  }

  private void record(long nanos) {
    latencies.record(nanos);
    Latencies other = also;
    if (other != null) {
      other.record(nanos);
    }
  }

  /** From now on there too, for somebody who looks at other intervals. */
  void alsoRecord(Latencies other) {
    also = other;
  }

  Latencies latencies() {
    return latencies;
  }

  long answered() {
    return answered.sum();
  }

  long failed() {
    return failed.sum();
  }

  @Override
  public void close() {
    stopped = true;
  }
}
