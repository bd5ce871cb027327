package io.podium.ranking.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** A line of progress for long files, on a terminal only, at most twice a second. */
final class Progress {
  private static final int CHECK_EVERY = 1 << 13;
  private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(500);

  private final PrintWriter err;
  private final boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
  private final long started = System.nanoTime();
  private long told = started;

  Progress(PrintWriter err) {
    this.err = err;
  }

  void line(long number) {
    if (terminal && number % CHECK_EVERY == 0 && System.nanoTime() - told > EVERY_NS) {
      told = System.nanoTime();
      double seconds = (told - started) / 1e9;
      err.printf(Locale.ROOT, "\r%,d events, %,.0f/s", number, number / seconds);
      err.flush();
    }
  }

  void done() {
    if (told != started) {
      err.println();
      err.flush();
    }
  }
}
