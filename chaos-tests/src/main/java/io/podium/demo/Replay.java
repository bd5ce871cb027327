package io.podium.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.ranking.legacy.HttpSink;
import io.podium.ranking.legacy.Importer;
import io.podium.ranking.legacy.Mapping;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** {@code --orders}: a legacy order file through the importer, and the ranking it ends with. */
final class Replay {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int SETTLED_AFTER = 8;

  private final Ports ports;
  private final Api api;

  Replay(Ports ports, Api api) {
    this.ports = ports;
    this.api = api;
  }

  static void check(Path orders, Path mapping) {
    for (Path file : List.of(orders, mapping)) {
      if (!Files.isReadable(file)) {
        throw new DemoException(
            file + " cannot be read: name an existing order file (and --mapping for its columns)");
      }
    }
  }

  /** At the return the events are safe. */
  Importer.Tally send(Path orders, Path mapping, Path rejected)
      throws IOException, InterruptedException {
    HttpSink sink =
        new HttpSink(URI.create(ports.updaterAUrl() + "/v1/events"), DemoConfig.TOKEN, PATIENCE);
    return new Importer(Mapping.read(mapping), sink, rejected, tally -> {}).run(List.of(orders));
  }

  /**
   * The first page, once the updaters have read everything and the page has not changed since.
   *
   * @return null when the boards have no best-sellers
   */
  @Nullable JsonNode settledPage() throws InterruptedException {
    String url = ports.engineUrl() + "/v1/rankings/best-sellers?size=10";
    String last = "";
    int same = 0;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      JsonNode page = api.get(url);
      String asOf = page == null ? "" : page.path("asOf").asText();
      if (page == null && api.status(url) == 404) {
        return null;
      }
      String state = asOf + " " + (page == null ? "" : page.path("epoch").asText());
      same = isRead(asOf) && state.equals(last) ? same + 1 : 0;
      last = state;
      if (same == SETTLED_AFTER) {
        return page;
      }
      LockSupport.parkNanos(LOOK_EVERY);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    throw new DemoException("the ranking did not settle within " + PATIENCE + ": see the logs");
  }

  /** Whether the updaters are at the end of the streams, and the page at their stream time. */
  private boolean isRead(String asOf) throws InterruptedException {
    for (String updater : List.of(ports.updaterAUrl(), ports.updaterBUrl())) {
      JsonNode progress = api.get(updater + "/v1/progress");
      if (progress != null && "active".equals(progress.path("state").asText())) {
        return progress.path("lag").path("entries").asLong() == 0
            && progress.path("streamTime").path("best-sellers").asText().equals(asOf);
      }
    }
    return false;
  }

  /** The page as lines for the terminal. */
  static List<String> lines(JsonNode page) {
    return java.util.stream.StreamSupport.stream(page.path("items").spliterator(), false)
        .map(
            item ->
                String.format(
                    Locale.ROOT,
                    "%3d. %-12s %,9d  %s",
                    item.path("rank").asInt(),
                    item.path("productId").asText(),
                    item.path("score").asLong(),
                    Objects.requireNonNullElse(item.path("product").path("name").textValue(), "")))
        .toList();
  }
}
