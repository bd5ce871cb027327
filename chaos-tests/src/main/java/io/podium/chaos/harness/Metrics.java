package io.podium.chaos.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Reads metrics in the text format of Prometheus. Safe from any thread. */
public final class Metrics {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** The samples of one metric by their labels; none when nobody answers. */
  public Map<String, Double> samples(String admin, String name) throws InterruptedException {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : text(admin).split("\n", -1)) {
      if (line.startsWith(name + "{") || line.startsWith(name + " ")) {
        int value = line.lastIndexOf(' ');
        String labels = line.substring(name.length(), value);
        samples.put(labels, Double.parseDouble(line.substring(value + 1)));
      }
    }
    return samples;
  }

  /** The sum of a metric's samples whose labels contain the text; 0 when nobody answers. */
  public double sum(String admin, String name, String labels) throws InterruptedException {
    return samples(admin, name).entrySet().stream()
        .filter(e -> e.getKey().contains(labels))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private String text(String admin) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(admin + "/metrics"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }
}
