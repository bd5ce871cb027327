package io.podium.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The process that measures some ids in turn: tells progress and results on standard output, a line
 * each, and ends when its parent does.
 */
final class Worker {
  static final String PROGRESS = "@progress ";
  static final String RESULT = "@result ";
  static final String FAILED = "@failed ";

  private Worker() {}

  public static void main(String[] args) throws IOException {
    endWithParent();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What libraries print must not look like a result.
    System.setOut(System.err);
    try (Measurements measurements = new Measurements()) {
      for (String id : List.of(args).subList(1, args.length)) {
        measure(measurements, id, Mode.valueOf(args[0]), out);
      }
    }
    // Threads of libraries are none of ours to wait for.
    System.exit(0);
  }

  private static void measure(Measurements measurements, String id, Mode mode, PrintStream out)
      throws IOException {
    try {
      Progress progress =
          (part, text) -> out.println(PROGRESS + String.format(Locale.ROOT, "%.3f ", part) + text);
      var figures = measurements.of(id).measure(mode, progress);
      out.println(RESULT + new JsonMapper().writeValueAsString(figures));
    } catch (MeasurementException e) {
      out.println(FAILED + e.getMessage());
    } catch (RuntimeException e) {
      // Those that this process has still to measure may go well.
      e.printStackTrace();
      out.println(FAILED + "its measurement broke, see above: " + e);
    }
  }

  /** The parent holds standard input open and never writes to it. */
  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  Thread.onSpinWait();
                }
              } catch (IOException e) {
                System.err.println("the parent's pipe broke: " + e.getMessage());
              }
              Runtime.getRuntime().halt(3);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
