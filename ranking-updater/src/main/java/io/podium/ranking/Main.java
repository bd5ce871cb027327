package io.podium.ranking;

import io.podium.config.ConfigException;
import io.podium.ranking.cli.CommandException;
import io.podium.ranking.cli.ImportCommand;
import io.podium.ranking.cli.RankCommand;
import io.podium.ranking.cli.UpdateCommand;
import io.podium.ranking.cli.VerifyCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The updater's commands. What goes wrong is told in one line, with exit status 2. */
@Command(
    name = "podium",
    description = "Popular-product rankings, exact at sale-peak traffic.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpdateCommand.class,
      RankCommand.class,
      ImportCommand.class,
      VerifyCommand.class
    })
public final class Main {
  /** What the JVM makes of an argument's bytes that the locale does not know. */
  private static final char UNREADABLE = '\uFFFD';

  public static void main(String[] args) {
    // UTF-8 whatever the locale.
    PrintWriter out = utf8(new FileOutputStream(FileDescriptor.out));
    PrintWriter err = utf8(new FileOutputStream(FileDescriptor.err));
    int status = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** The exit status: 0, what the command answered, or 2 after a failure that was told. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    if (String.join("", args).indexOf(UNREADABLE) >= 0) {
      err.println("arguments are not readable in this locale: set LC_ALL=C.UTF-8");
      return ExitCode.USAGE;
    }
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Main::wrongUse)
        .setExecutionExceptionHandler(Main::failure)
        .execute(args);
  }

  private static PrintWriter utf8(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
  }

  private static int wrongUse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(oneLine(e.getMessage()) + " (see " + name + " --help)");
    return ExitCode.USAGE;
  }

  private static int failure(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (e instanceof CommandException || e instanceof ConfigException) {
      command.getErr().println(oneLine(e.getMessage()));
      return ExitCode.USAGE;
    }
    throw e;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "" : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
