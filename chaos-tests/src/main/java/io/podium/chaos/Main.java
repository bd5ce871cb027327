package io.podium.chaos;

import io.podium.backends.BackendException;
import io.podium.chaos.drill.DrillCommand;
import io.podium.config.ConfigException;
import io.podium.demo.BackendsCommand;
import io.podium.demo.DemoCommand;
import io.podium.demo.DemoException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

/** Commands that run on one machine. What goes wrong is told in one line. */
@Command(
    name = "podium",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Podium on one machine.",
    subcommands = {DemoCommand.class, BackendsCommand.class, DrillCommand.class})
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The commands, ready to execute. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(Main::failure);
  }

  private static int failure(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (e instanceof DemoException || e instanceof ConfigException) {
      command.getErr().println("podium: " + e.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof BackendException) {
      command.getErr().println("podium: " + String.valueOf(e.getMessage()).replace("\n", " | "));
      return ExitCode.SOFTWARE;
    }
    throw e;
  }
}
