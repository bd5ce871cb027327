package io.podium.read;

import picocli.CommandLine;

/** Entry point of {@code podium serve}. */
@CommandLine.Command(
    name = "podium",
    mixinStandardHelpOptions = true,
    subcommands = {ServeCommand.class, TrainCommand.class},
    description = "The read engine of Podium.")
public final class Main implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Runs the command named by the arguments, and exits with its status. */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("serve")) {
      HeadStart.begin();
    }
    ServeCommand plain = PlainServe.read(args);
    System.exit(plain == null ? Parsed.run(args) : PlainServe.run(plain));
  }

  /** Apart, so that a plain start does not load the parser. */
  private static final class Parsed {
    static int run(String[] args) {
      return new CommandLine(new Main()).execute(args);
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
