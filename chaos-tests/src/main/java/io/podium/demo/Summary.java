package io.podium.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the terminal shows: one block that lives, or, where the output is no terminal, a plain line
 * now and then. {@link #news} is safe from any thread, the rest for one.
 */
final class Summary {
  private static final int PLAIN_EVERY = 10;
  private static final int MAX_NEWS = 1000;

  private final PrintStream out;
  private final boolean terminal;
  private final Ports ports;
  private final Api api;
  private final Queue<String> news = new ConcurrentLinkedQueue<>();
  private final long started = System.nanoTime();
  private long lastAt = System.nanoTime();
  private long lastAccepted;
  private long lastRead;
  private int ticks;
  private int drawn;

  /** What is measured; null for what does not run. */
  record Sources(
      Processes processes,
      EventPost post,
      @Nullable Shop shop,
      @Nullable Readers readers,
      @Nullable Freshness freshness) {}

  Summary(PrintStream out, boolean terminal, Ports ports, Api api) {
    this.out = out;
    this.terminal = terminal;
    this.ports = ports;
    this.api = api;
  }

  /** One line, told with the next tick. */
  void news(String line) {
    if (news.size() < MAX_NEWS) {
      news.add(line);
    }
  }

  /** Call it once a second. */
  void tick(Sources sources) throws InterruptedException {
    List<String> lines = lines(sources);
    ticks++;
    if (terminal) {
      redraw(lines);
    } else {
      tellNews();
      if (ticks % PLAIN_EVERY == 0) {
        out.println(String.join(" | ", lines));
      }
    }
    out.flush();
  }

  /** Lines that stay, outside of the living block. */
  void tell(String... lines) {
    erase();
    tellNews();
    for (String line : lines) {
      out.println(line);
    }
    out.flush();
  }

  private void redraw(List<String> lines) {
    erase();
    tellNews();
    lines.forEach(out::println);
    drawn = lines.size();
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\033[" + drawn + "A\033[J");
      drawn = 0;
    }
  }

  private void tellNews() {
    for (String line = news.poll(); line != null; line = news.poll()) {
      out.println(line);
    }
  }

  private List<String> lines(Sources s) throws InterruptedException {
    long now = System.nanoTime();
    double seconds = (now - lastAt) / 1e9;
    lastAt = now;
    List<String> lines = new ArrayList<>();
    long accepted = s.post().accepted();
    lines.add(
        String.format(
            Locale.ROOT,
            "shop    %,7.0f events/s%s  %,d accepted, %,d batches sent again",
            (accepted - lastAccepted) / seconds,
            s.shop() == null ? "" : s.shop().isPeak() ? "  SALE PEAK" : "           ",
            accepted,
            s.post().retries()));
    lastAccepted = accepted;
    if (s.readers() != null) {
      lines.add(readers(s.readers(), seconds));
    }
    if (s.freshness() != null) {
      lines.add(freshness(s.freshness()));
    }
    lines.add(tiers(s.processes()));
    lines.add(
        String.format(Locale.ROOT, "up %s  %s  Ctrl-C stops", upFor(), ports.engineUrl() + "/"));
    return lines;
  }

  private String readers(Readers readers, double seconds) {
    long answered = readers.answered();
    Histogram h = readers.latencies().recent();
    String line =
        String.format(
            Locale.ROOT,
            "reads   %,7.0f reads/s   p50 %.1f ms  p99 %.1f ms  p99.9 %.1f ms  failed %,d",
            (answered - lastRead) / seconds,
            Latencies.millis(h, 50),
            Latencies.millis(h, 99),
            Latencies.millis(h, 99.9),
            readers.failed());
    lastRead = answered;
    return line;
  }

  private static String freshness(Freshness freshness) {
    Histogram h = freshness.latencies().recent();
    return h.getTotalCount() == 0
        ? "sale to visible page: not measured yet"
        : String.format(
            Locale.ROOT,
            "sale to visible page   p50 %.0f ms  p99 %.0f ms  (%d sales watched)",
            Latencies.millis(h, 50),
            Latencies.millis(h, 99),
            h.getTotalCount());
  }

  private String tiers(Processes processes) throws InterruptedException {
    List<String> tiers = new ArrayList<>();
    for (Member member : processes.members()) {
      String restarts = member.restarts() == 0 ? "" : " (" + member.restarts() + "x again)";
      tiers.add(member.name() + " " + state(member) + restarts);
    }
    return String.join("  ", tiers);
  }

  private String state(Member member) throws InterruptedException {
    if (!member.isAlive()) {
      return "down";
    }
    return switch (member.name()) {
      case "updater-a" -> updater(ports.updaterAUrl());
      case "updater-b" -> updater(ports.updaterBUrl());
      case "engine" ->
          api.status("http://localhost:" + ports.engineAdmin() + "/health/ready") == 200
              ? "ready"
              : "not ready";
      default -> "up";
    };
  }

  private String updater(String url) throws InterruptedException {
    JsonNode progress = api.get(url + "/v1/progress");
    if (progress == null) {
      return "starting";
    }
    long lag = progress.path("lag").path("entries").asLong();
    return progress.path("state").asText()
        + (lag > 1000 ? String.format(Locale.ROOT, " (%,d behind)", lag) : "");
  }

  private String upFor() {
    Duration up = Duration.ofNanos(System.nanoTime() - started);
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", up.toHours(), up.toMinutesPart(), up.toSecondsPart());
  }
}
