package io.podium.chaos.drill;

import io.podium.chaos.check.History;
import io.podium.chaos.check.Timeline;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one drill from beginning to end. */
public final class Rehearsal {
  private final Scale scale;
  private final long seed;
  private final Consumer<String> news;

  /**
   * @param seed of everything that is left to chance
   * @param news hears what happens, a line each, from any thread
   */
  public Rehearsal(Scale scale, long seed, Consumer<String> news) {
    this.scale = scale;
    this.seed = seed;
    this.news = news;
  }

  /**
   * @param stage where it is played; what is open there goes on being open when all went well
   */
  public Report of(Drill drill, Stage stage) throws IOException, InterruptedException {
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long start = System.nanoTime();
    Run run = new Run(stage, scale, seed, news);
    @Nullable String failure = null;
    try {
      phases(drill, run);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failure = e instanceof DrillException ? e.getMessage() : e.toString();
    } finally {
      close(run);
    }
    Report report = report(drill, run, at, (System.nanoTime() - start) / 1e9, failure);
    if (!report.passed()) {
      stage.leave(false);
    }
    return report;
  }

  private Report report(
      Drill drill, Run run, Instant at, double seconds, @Nullable String failure) {
    History history = run.history();
    return new Report(
        drill.name(),
        drill.hypothesis(),
        scale.name().toLowerCase(Locale.ROOT),
        seed,
        at.toString(),
        seconds,
        run.checks(),
        run.facts(),
        history == null ? List.of() : history.bands(),
        history == null ? List.of() : Timeline.of(history),
        failure);
  }

  private static void phases(Drill drill, Run run) throws Exception {
    // 1 As on a good day.
    run.tell("steady state ...");
    drill.steadyState(run);
    // 2 The fault begins.
    run.tell("fault ...");
    drill.fault(run);
    // 3 What must hold while it lasts.
    drill.meanwhile(run);
    // 4 It ends.
    run.tell("recovery ...");
    drill.recovery(run);
    // 5 What must hold when all is over.
    drill.afterwards(run);
  }

  private void close(Run run) {
    try {
      run.close();
    } catch (Exception e) {
      news.accept("not everything ended as it should: " + e);
    }
  }
}
