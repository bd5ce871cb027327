package io.podium.chaos.harness;

import io.podium.ranking.cli.UpdateCommand;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine;

/** {@code podium update} on a machine whose clock is wrong. */
public final class UpdaterApart {
  /** ISO 8601 duration, negative for a clock that is behind. */
  static final String OFFSET = "podium.clockOffset";

  private UpdaterApart() {}

  public static void main(String[] args) {
    Duration offset = Duration.parse(System.getProperty(OFFSET, "PT0S"));
    Clock clock = Clock.offset(Clock.systemUTC(), offset);
    System.exit(new CommandLine(new UpdateCommand(clock)).execute(args));
  }
}
