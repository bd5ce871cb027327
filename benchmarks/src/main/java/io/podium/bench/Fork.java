package io.podium.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs measurements in processes of their own, with this JVM's module flags and the same jars. */
public final class Fork {
  /** Start of the names of recordings that a measurement makes itself; not set: none are wanted. */
  public static final String RECORDINGS = "podium.bench.recordings";

  /** The flag that records a process which a measurement starts, of that name; null: not wanted. */
  public static @Nullable String recording(String process) {
    String start = System.getProperty(RECORDINGS);
    return start == null
        ? null
        : "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
            + start
            + "-"
            + process
            + ".jfr";
  }

  private static final Duration AT_THE_END = Duration.ofSeconds(30);

  private final Mode mode;
  private final @Nullable Path recordings;

  /**
   * @param recordings folder for a flight recording of each process; null: none
   */
  Fork(Mode mode, @Nullable Path recordings) {
    this.mode = mode;
    this.recordings = recordings;
  }

  /**
   * A process that measures these in turn; close it.
   *
   * @throws MeasurementException when it cannot be started
   */
  Run start(List<String> ids) {
    try {
      Process process = process(ids);
      return new Run(process, process.inputReader(StandardCharsets.UTF_8), recordings != null);
    } catch (IOException e) {
      throw new MeasurementException("its process cannot be started: " + e.getMessage(), e);
    }
  }

  /** One process. */
  static final class Run implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final boolean recorded;

    private Run(Process process, BufferedReader out, boolean recorded) {
      this.process = process;
      this.out = out;
      this.recorded = recorded;
    }

    /**
     * The next one's figures.
     *
     * @throws MeasurementException when it cannot be measured, with the reason
     */
    List<Figure> next(Progress progress) {
      try {
        return read(out, progress);
      } catch (IOException e) {
        throw new MeasurementException("its process broke: " + e.getMessage(), e);
      }
    }

    /** A recording is written when the process ends by itself. */
    @Override
    public void close() {
      try {
        if (recorded && !process.waitFor(AT_THE_END.toSeconds(), TimeUnit.SECONDS)) {
          System.err.println("a recording was not written within " + AT_THE_END);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private Process process(List<String> ids) throws IOException {
    String first = ids.get(0);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add") || flag.startsWith("--enable") || flag.startsWith("-D")) {
        command.add(flag);
      }
    }
    try (Measurements measurements = new Measurements()) {
      command.addAll(measurements.of(first).jvmFlags());
    }
    if (recordings != null) {
      command.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
              + recordings.resolve(first + ".jfr"));
      // What is measured may be a process of its own.
      command.add("-D" + RECORDINGS + "=" + recordings.toAbsolutePath().resolve(first));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Worker.class.getName(), mode.name()));
    command.addAll(ids);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<Figure> read(BufferedReader out, Progress progress) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(Worker.PROGRESS)) {
        String[] said = line.substring(Worker.PROGRESS.length()).split(" ", 2);
        progress.at(Double.parseDouble(said[0]), said[1]);
      } else if (line.startsWith(Worker.FAILED)) {
        throw new MeasurementException(line.substring(Worker.FAILED.length()));
      } else if (line.startsWith(Worker.RESULT)) {
        String json = line.substring(Worker.RESULT.length());
        return new JsonMapper().readValue(json, new TypeReference<List<Figure>>() {});
      }
    }
    throw new MeasurementException("its process ended without a result; see what it printed above");
  }
}
