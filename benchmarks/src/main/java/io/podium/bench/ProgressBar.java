package io.podium.bench;

import java.io.PrintStream;

/** A line that is rewritten on a terminal; elsewhere one line for each tenth. */
final class ProgressBar implements Progress {
  private static final int WIDTH = 24;

  private final PrintStream out;
  private final boolean terminal;
  private final String name;
  private final long began = System.nanoTime();
  private int tenth = -1;

  ProgressBar(PrintStream out, boolean terminal, String name) {
    this.out = out;
    this.terminal = terminal;
    this.name = name;
  }

  @Override
  public void at(double part, String text) {
    int percent = (int) (Math.max(0, Math.min(1, part)) * 100);
    if (terminal) {
      int full = percent * WIDTH / 100;
      String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
      out.printf("\r%-4s [%s] %3d%%  %s\u001b[K", name, bar, percent, text);
      out.flush();
    } else if (percent / 10 != tenth) {
      out.printf("%-4s %3d%%  %s%n", name, percent, text);
      tenth = percent / 10;
    }
  }

  /** Leaves a line that tells how long it took. */
  void end() {
    if (terminal) {
      out.print("\r\u001b[K");
    }
    out.printf("%-4s took %d s%n", name, Math.round((System.nanoTime() - began) / 1e9));
    out.flush();
  }
}
