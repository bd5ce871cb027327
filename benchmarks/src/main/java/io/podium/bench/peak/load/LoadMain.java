package io.podium.bench.peak.load;

import io.podium.bench.peak.Second;
import io.podium.bench.peak.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The load's own process: port and a file of pages as arguments; then on each line of standard
 * input the steps of a run, as {@code day:100:10 sale:400:10}. Answers with a line for each second
 * and an empty one. Ends with its standard input.
 */
public final class LoadMain {
  /** The line that is told when the first request of a run is due. */
  public static final String STARTED = "started";

  private static final long SEED = 20_261_123;

  private LoadMain() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What libraries print must not look like a result.
    System.setOut(System.err);
    List<String> pages = Files.readAllLines(Path.of(args[1]), StandardCharsets.UTF_8);
    List<String> cold =
        pages.stream().filter(p -> p.startsWith("-")).map(p -> p.substring(1)).toList();
    List<String> warm = pages.stream().filter(p -> p.startsWith("/")).toList();
    Visitors visitors = new Visitors(SEED, warm, cold);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<Step> steps = Arrays.stream(line.split(" ", -1)).map(Step::parse).toList();
      for (Second second :
          new LoadRun(Integer.parseInt(args[0]), visitors, steps).run(() -> out.println(STARTED))) {
        out.println(second.line());
      }
      out.println();
    }
    // Netty's threads are none of ours to wait for.
    System.exit(0);
  }
}
