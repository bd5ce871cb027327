package io.podium.bench.peak;

import io.podium.bench.MeasurementException;
import io.podium.bench.peak.load.LoadMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The load generator in a JVM of its own, with a class path of its own. One thread, one run after
 * the other.
 */
final class LoadProcess implements AutoCloseable {
  /** Told on a line when the first request of a run is due. */
  private static final String STARTED = LoadMain.STARTED;

  private final Process process;
  private final BufferedReader out;
  private final Path log;

  /**
   * @param pages as {@link Pages#lines}
   */
  LoadProcess(Path dir, int port, List<String> pages) throws IOException {
    Path file = dir.resolve("pages");
    Files.write(file, pages, StandardCharsets.UTF_8);
    this.log = dir.resolve("load.log");
    this.process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                // What a request leaves behind is young; a session is old.
                "-Xmn256m",
                "-Dorg.apache.logging.log4j.simplelog.level=ERROR",
                "-cp",
                classPath(),
                LoadMain.class.getName(),
                Integer.toString(port),
                file.toString())
            .redirectError(log.toFile())
            .start();
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** This code, and Hyperfoil with what it needs, which the build puts beside it. */
  private static String classPath() {
    try {
      Path own =
          Path.of(LoadMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path load = own.resolveSibling("load");
      if (!Files.isDirectory(load)) {
        throw new MeasurementException("the load generator is not built: no " + load);
      }
      return own + File.pathSeparator + load + "/*";
    } catch (URISyntaxException e) {
      throw new MeasurementException("this jar cannot be found: " + e.getMessage(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * Returns when every request is answered or given up.
   *
   * @param started is told when the first request is due
   */
  List<Second> run(List<Step> steps, Runnable started) {
    String command = steps.stream().map(Step::text).collect(Collectors.joining(" "));
    List<Second> seconds = new ArrayList<>();
    try {
      process.outputWriter(StandardCharsets.UTF_8).append(command).append('\n').flush();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.isEmpty()) {
          return seconds;
        } else if (line.equals(STARTED)) {
          started.run();
        } else {
          seconds.add(Second.parse(line));
        }
      }
    } catch (IOException e) {
      throw new MeasurementException("the load generator broke off: " + e.getMessage(), e);
    }
    throw new MeasurementException("the load generator ended: " + lastOutput());
  }

  private String lastOutput() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "and its log cannot be read: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
