package io.podium.bench.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.backends.JavaProcess;
import io.podium.bench.Bystanders;
import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.ProcessTime;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import io.podium.bench.updater.BenchBoards;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * U5: an updater is killed with a checkpoint behind it, the shop sells on at the rate of a sale,
 * and the updater is started again: from exec to the last event of the backlog counted. The quick
 * form has a backlog of two minutes, in which the start of the process weighs five times as much.
 */
public final class Restart implements Measurement {
  private static final int EVENTS_PER_SECOND = 10_000;
  private static final int BEFORE = 300_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String SETTINGS =
      "  checkpointEvery: PT10S\n  maxBacklog: 100000000\n  streamKeep: PT0S\n";

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx1g");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          try (Site site = new Site(dir, SETTINGS, BenchBoards.WINDOW_AND_HALF_LIFE);
              Backlog backlog = new Backlog(site.events().uri(), FromStream.traffic())) {
            return List.of(measure(mode == Mode.FULL ? 600 : 120, site, backlog, progress));
          }
        });
  }

  private static Figure measure(int seconds, Site site, Backlog backlog, Progress progress) {
    JavaProcess updater = site.startUpdater("-Xmx1g", "-Xms1g");
    site.awaitActive();
    backlog.append(BEFORE);
    site.await("a checkpoint holds what was before", PATIENCE, Restart::isSafe);
    updater.process().kill();
    progress.at(0.1, "killed");
    int part = EVENTS_PER_SECOND * 10;
    for (int s = 0; s < seconds; s += 10) {
      backlog.append(part);
      progress.at(0.1 + 0.6 * s / seconds, "the shop sells on");
    }
    Bystanders bystanders = new Bystanders(List.of(site.events().process().pid()));
    long start = System.nanoTime();
    updater.restart();
    long target = backlog.events();
    site.await("caught up", PATIENCE, p -> received(p) >= target && isUp(p));
    double took = (System.nanoTime() - start) / 1e9;
    double cpu = new ProcessTime(updater.process().pid()).nanos() / 1e9;
    return new Figure(
        "catch-up",
        List.of(seconds / took),
        Math.max(0, bystanders.share() - share(cpu, took)),
        beside(seconds, took, cpu));
  }

  /** The updater was started after the bystanders were first counted. */
  private static double share(double cpu, double took) {
    return cpu / took / Runtime.getRuntime().availableProcessors();
  }

  private static boolean isSafe(JsonNode progress) {
    String safe = progress.at("/checkpoint/positions/events").asText();
    return received(progress) >= BEFORE && safe.equals(progress.at("/positions/events").asText());
  }

  private static boolean isUp(JsonNode progress) {
    String state = progress.path("state").asText();
    return state.equals("active") || state.equals("following");
  }

  private static long received(JsonNode progress) {
    return progress.at("/counts/received").asLong();
  }

  private static Map<String, String> beside(int seconds, double took, double cpu) {
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put(
        "backlog",
        seconds
            + " s of "
            + Text.si(EVENTS_PER_SECOND)
            + " events/s, counted in "
            + Text.number(took)
            + " s from exec");
    beside.put(
        "processor time",
        Text.number(cpu)
            + " s of the updater, start and compiling included; on that alone "
            + Text.number(seconds / cpu)
            + "x");
    return beside;
  }
}
