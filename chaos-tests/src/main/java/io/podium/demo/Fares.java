package io.podium.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How the shop fares, for the operator's page; looks at most once a second. Safe from any thread.
 */
final class Fares {
  private static final String ANSWERS = "podium_read_answers_total{tier=\"";
  private static final String BREAKER = "podium_store_breaker_state{";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofMillis(500))
          .build();
  private final String metrics;
  private final Summary.Sources sources;
  private final Latencies latencies = new Latencies(2);
  private Map<String, Double> answers = Map.of();
  private Map<String, Object> last = Map.of();
  private long at = System.nanoTime();
  private long read;
  private long failed;

  Fares(int engineAdmin, Summary.Sources sources) {
    this.metrics = "http://localhost:" + engineAdmin + "/metrics";
    this.sources = sources;
    if (sources.readers() != null) {
      sources.readers().alsoRecord(latencies);
    }
  }

  synchronized Map<String, Object> now() {
    double seconds = (System.nanoTime() - at) / 1e9;
    if (seconds >= 0.9 || last.isEmpty()) {
      at = System.nanoTime();
      last = look(seconds);
    }
    return last;
  }

  private Map<String, Object> look(double seconds) {
    Map<String, Object> now = new LinkedHashMap<>();
    Readers readers = sources.readers();
    if (readers != null) {
      Histogram recent = latencies.recent();
      now.put("p50", Latencies.millis(recent, 50));
      now.put("p99", Latencies.millis(recent, 99));
      now.put("reads", Math.round((readers.answered() - read) / seconds));
      now.put("failed", readers.failed() - failed);
      read = readers.answered();
      failed = readers.failed();
    }
    String text = metrics();
    Map<String, Double> counted = new TreeMap<>();
    Map<String, Integer> breakers = new TreeMap<>();
    for (String line : text == null ? new String[0] : text.split("\n", -1)) {
      if (line.startsWith(ANSWERS)) {
        counted.put(
            line.substring(ANSWERS.length(), line.indexOf('"', ANSWERS.length())), value(line));
      } else if (line.startsWith(BREAKER)) {
        String store = line.replaceAll(".*store=\"([^\"]*)\".*", "$1");
        breakers.merge(store, value(line) > 0 ? 1 : 0, Math::max);
      } else if (line.startsWith("podium_read_in_touch ")) {
        now.put("inTouch", value(line) == 1);
      }
    }
    Map<String, Double> before = answers;
    Map<String, Long> tiers = new TreeMap<>();
    counted.forEach(
        (tier, n) -> tiers.put(tier, Math.max(0, Math.round(n - before.getOrDefault(tier, 0.0)))));
    answers = counted;
    now.put("tiers", before.isEmpty() ? Map.of() : tiers);
    now.put("breakers", breakers);
    now.put("up", text != null);
    return now;
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  private @Nullable String metrics() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(metrics)).timeout(Duration.ofMillis(800)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
