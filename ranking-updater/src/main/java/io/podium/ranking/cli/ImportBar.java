package io.podium.ranking.cli;

import io.podium.ranking.legacy.Importer.Tally;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** A progress bar on a terminal, at most five times a second; nothing elsewhere. */
final class ImportBar {
  private static final int WIDTH = 30;
  private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final PrintWriter err;
  private final boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
  private final long started = System.nanoTime();
  private long shownAt = started;
  private boolean shown;

  ImportBar(PrintWriter err) {
    this.err = err;
  }

  void show(Tally t) {
    long now = System.nanoTime();
    if (!terminal || now - shownAt < EVERY_NS) {
      return;
    }
    shownAt = now;
    shown = true;
    double part = t.bytesTotal() == 0 ? 1 : Math.min(1, (double) t.bytesRead() / t.bytesTotal());
    int full = (int) (part * WIDTH);
    double seconds = (now - started) / 1e9;
    err.printf(
        Locale.ROOT,
        "\r[%s%s] %3d %%  %,d rows  %,d events  %,.0f events/s ",
        "#".repeat(full),
        " ".repeat(WIDTH - full),
        (int) (part * 100),
        t.rows(),
        t.events(),
        t.events() / seconds);
    err.flush();
  }

  void end() {
    if (shown) {
      err.println();
      err.flush();
    }
  }
}
