package io.podium.ranking.cli;

import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import io.podium.ranking.run.Updater;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code podium update}: one updater, until it is told to stop. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an updater: takes events at POST /v1/events, computes the boards, publishes them.",
      "Any number may share the stores: one publishes, the others follow and take over within 3 s.",
      "It comes up with any store away, and says so in its log and at /health/ready."
    },
    footer = {
      "",
      "Example:",
      "  podium update --config podium.yaml --set updater.name=b --set updater.port=8082"
    })
public final class UpdateCommand implements Callable<Integer> {
  @Mixin private Configuration configuration = new Configuration();

  @Option(
      names = "--until-stdin-closes",
      description = "Stop when standard input ends, as it does when the parent process dies.")
  private boolean untilStdinCloses;

  private final Clock clock;

  public UpdateCommand() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock of the process
   */
  public UpdateCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration.Loaded loaded = configuration.load();
    checkReach(loaded.boards(), loaded.updater().archiveKeep());
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      Updater updater = new Updater(loaded.updater(), loaded.stores(), loaded.boards(), clock);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(updater, stopped), "stop"));
      updater.start();
    } catch (IOException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    if (untilStdinCloses) {
      awaitEndOfInput();
      return 0;
    }
    stopped.await();
    return 0;
  }

  /** A rebuilt board must find all the events that count on it. */
  private static void checkReach(List<Board> boards, Duration archiveKeep) {
    for (Board board : boards) {
      if (board.window() instanceof Window.Sliding w && w.length().compareTo(archiveKeep) > 0) {
        throw new CommandException(
            "boards.%s.window is %s, and updater.archiveKeep only %s: a rebuilt board would miss sales; keep the archive longer"
                .formatted(board.name(), w.length(), archiveKeep));
      }
    }
  }

  private static void close(Updater updater, CountDownLatch stopped) {
    updater.close();
    stopped.countDown();
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // What comes is not meant for us.
      }
    } catch (IOException e) {
      // A broken pipe ends it as well.
    }
  }
}
