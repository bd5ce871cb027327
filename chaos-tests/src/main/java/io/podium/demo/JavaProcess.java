package io.podium.demo;

import io.podium.backends.ChildProcess;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of Podium's own processes: a JVM with this one's class path and access flags. */
final class JavaProcess {
  private final String name;
  private final List<String> jvm;
  private final String main;
  private final List<String> arguments;
  private final Path log;
  private volatile ChildProcess process;

  JavaProcess(String name, List<String> jvm, String main, List<String> arguments, Path log) {
    this.name = name;
    this.jvm = new ArrayList<>(jvm);
    this.jvm.addAll(inherited());
    this.main = main;
    this.arguments = arguments;
    this.log = log;
    this.process = launch();
  }

  ChildProcess process() {
    return process;
  }

  void restart() {
    process.kill();
    process = launch();
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
