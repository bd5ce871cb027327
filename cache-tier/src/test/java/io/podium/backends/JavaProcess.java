package io.podium.backends;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of Podium's own processes: a JVM with this one's class path and access flags, that can be
 * killed and started again with the same arguments.
 */
public final class JavaProcess implements AutoCloseable {
  /** How the launcher runs a read engine. */
  public static final List<String> ENGINE_TUNING =
      List.of("-XX:ThreadPriorityPolicy=1", "-XX:CompilerThreadPriority=4", "-XX:-PrintWarnings");

  private final String name;
  private final List<String> jvm;
  private final String main;
  private final List<String> arguments;
  private final Path log;
  private volatile ChildProcess process;

  /**
   * @param jvm flags beside the inherited ones, as {@code -Xmx384m}
   * @param log receives standard output and error, appended
   */
  public JavaProcess(String name, List<String> jvm, String main, List<String> arguments, Path log) {
    this.name = name;
    this.jvm = new ArrayList<>(jvm);
    this.jvm.addAll(inherited());
    this.main = main;
    this.arguments = arguments;
    this.log = log;
    this.process = launch();
  }

  public ChildProcess process() {
    return process;
  }

  /** Starts it again; kills it before when it still runs. */
  public void restart() {
    process.kill();
    process = launch();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.thaw();
    }
    process.close();
  }

  private ChildProcess launch() {
    return ChildProcess.startJava(name, jvm, main, arguments, log);
  }

  /** What the libraries need is known to the launcher; it started this JVM with it. */
  private static List<String> inherited() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            a ->
                a.startsWith("--add-")
                    || a.startsWith("--enable-native")
                    || a.startsWith("--sun-misc")
                    || a.startsWith("-Dchronicle.")
                    || a.startsWith("-Dfile.encoding"))
        .toList();
  }
}
