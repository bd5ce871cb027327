package io.podium.bench.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code java -jar benchmarks.jar} and {@code podium bench jmh}: JMH with this project's JVM flags
 * in each fork, and bytes per operation beside the time. Arguments are JMH's own.
 */
public final class JmhMain {
  /** As in the root's {@code podium.jvm}; a manifest opens packages to the first process only. */
  private static final List<String> FLAGS =
      List.of(
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "-Dchronicle.announcer.disable=true",
          "-Dchronicle.analytics.disable=true",
          "-Xmx1g",
          "-XX:MaxDirectMemorySize=1g");

  private static final int NEEDS_MORE = 24;

  private JmhMain() {}

  public static void main(String[] args) throws IOException {
    System.exit(run(args));
  }

  /** Exit status: 0, or 1 when nothing was measured. */
  public static int run(String[] args) throws IOException {
    try {
      CommandLineOptions options = new CommandLineOptions(args);
      if (isAboutItself(options)) {
        org.openjdk.jmh.Main.main(args);
        return 0;
      }
      new Runner(with(options)).run();
      return 0;
    } catch (CommandLineOptionException | NoBenchmarksException e) {
      System.err.println("podium bench jmh: " + reason(e, args));
    } catch (RunnerException e) {
      System.err.println("podium bench jmh: " + e.getMessage());
    }
    return 1;
  }

  private static String reason(Exception e, String[] args) {
    return e instanceof NoBenchmarksException
        ? "no benchmark matches " + Arrays.toString(args) + "; -l lists them"
        : String.valueOf(e.getMessage());
  }

  private static boolean isAboutItself(CommandLineOptions options) {
    return options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats();
  }

  private static Options with(CommandLineOptions options) {
    ChainedOptionsBuilder builder =
        new OptionsBuilder().parent(options).jvmArgsPrepend(flags().toArray(String[]::new));
    if (options.getProfilers().isEmpty()) {
      builder.addProfiler(GCProfiler.class);
    }
    return builder.build();
  }

  private static List<String> flags() {
    List<String> flags = new ArrayList<>(FLAGS);
    if (Runtime.version().feature() >= NEEDS_MORE) {
      flags.add("--enable-native-access=ALL-UNNAMED");
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }
}
