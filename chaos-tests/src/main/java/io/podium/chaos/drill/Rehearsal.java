package io.podium.chaos.drill;

import io.podium.chaos.check.History;
import io.podium.chaos.check.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one drill from beginning to end, on a thread of its own, which ends in any case. */
public final class Rehearsal {
  /** What waits is interrupted; what cannot be, as the start of a store, has a bound of its own. */
  private static final Duration GRACE = Duration.ofSeconds(60);

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
    @Nullable String failure = played(drill, run);
    @Nullable String unclosed = closed(run::close);
    failure = failure == null ? unclosed : failure;
    Report report = report(drill, run, at, (System.nanoTime() - start) / 1e9, failure);
    if (!report.passed()) {
      closed(() -> stage.leave(false));
    }
    return report;
  }

  /** Why it was not played to its end; null: it was. */
  private @Nullable String played(Drill drill, Run run) throws InterruptedException {
    Duration bound = drill.bound(scale);
    FutureTask<@Nullable Void> phases =
        new FutureTask<>(
            () -> {
              phases(drill, run);
              return null;
            });
    Thread thread = new Thread(phases, "drill");
    thread.setDaemon(true);
    thread.start();
    try {
      phases.get(bound.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (TimeoutException e) {
      return "it was not over within " + bound.toSeconds() + " s";
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return cause instanceof DrillException ? cause.getMessage() : String.valueOf(cause);
    } finally {
      thread.interrupt();
      thread.join(GRACE.toMillis());
    }
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

  /** Why it did not end as it should; null: it did. */
  private @Nullable String closed(AutoCloseable resource) {
    try {
      resource.close();
      return null;
    } catch (Exception e) {
      news.accept(String.valueOf(e.getMessage()));
      return String.valueOf(e.getMessage());
    }
  }
}
