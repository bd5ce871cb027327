package io.podium.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The process that measures one id: tells progress and result on standard output, a line each, and
 * ends when its parent does.
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
    try {
      Progress progress =
          (part, text) -> out.println(PROGRESS + String.format(Locale.ROOT, "%.3f ", part) + text);
      var figures = Measurements.of(args[0]).measure(Mode.valueOf(args[1]), progress);
      out.println(RESULT + new JsonMapper().writeValueAsString(figures));
    } catch (MeasurementException e) {
      out.println(FAILED + e.getMessage());
    }
    // Threads of libraries are none of ours to wait for.
    System.exit(0);
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
