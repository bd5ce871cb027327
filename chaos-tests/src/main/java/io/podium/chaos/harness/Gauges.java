package io.podium.chaos.harness;

import io.podium.chaos.check.History;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the metrics of the read engines twice a second, and notes which breakers are open, and
 * whether news of changes come.
 */
public final class Gauges implements AutoCloseable {
  private static final String BREAKER = "podium_store_breaker_state";
  private static final String IN_TOUCH = "podium_read_in_touch";

  private final Metrics metrics;
  private final List<String> admins;
  private final History history;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "gauges");
            thread.setDaemon(true);
            return thread;
          });

  public Gauges(Metrics metrics, List<String> admins, History history) {
    this.metrics = metrics;
    this.admins = admins;
    this.history = history;
  }

  public void start() {
    var unused = clock.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (String admin : admins) {
        Map<String, Double> open = new TreeMap<>();
        metrics.samples(admin, BREAKER).forEach((labels, v) -> merge(open, labels, v));
        metrics.samples(admin, IN_TOUCH).forEach((none, v) -> open.put("news", 1 - v));
        history.add(new History.Gauge(history.now(), admin, open));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of a store the worst of its calls; half open counts as open. */
  private static void merge(Map<String, Double> open, String labels, double value) {
    String store = labels.replaceAll(".*store=\"([^\"]*)\".*", "$1");
    open.merge(store, value > 0 ? 1.0 : 0.0, Math::max);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
