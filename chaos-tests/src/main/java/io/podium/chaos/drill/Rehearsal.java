package io.podium.chaos.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
   * @param dir data and logs; what is in it stays when the drill fails
   */
  public Report of(Drill drill, Path dir) throws IOException, InterruptedException {
    Files.createDirectories(dir);
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long start = System.nanoTime();
    Run run = new Run(dir, scale, seed, news);
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
    return new Report(
        drill.name(),
        drill.hypothesis(),
        drill.promises(),
        scale.name().toLowerCase(Locale.ROOT),
        seed,
        at.toString(),
        (System.nanoTime() - start) / 1e9,
        run.checks(),
        run.facts(),
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
