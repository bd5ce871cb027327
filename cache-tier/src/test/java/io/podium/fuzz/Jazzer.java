package io.podium.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs Jazzer, guided by coverage, in a process of its own with this one's class path: some
 * thousand inputs from a fixed seed, or with {@code -Dpodium.fuzzSeconds=3600} for an hour a
 * target.
 */
public final class Jazzer {
  private static final int SECONDS = Integer.getInteger("podium.fuzzSeconds", 0);

  private final int runs;
  private final List<String> options;

  /**
   * @param runs inputs tried where no time is set
   * @param options more options of Jazzer
   */
  public Jazzer(int runs, String... options) {
    this.runs = runs;
    this.options = List.of(options);
  }

  /**
   * Fails when the target throws anything, or takes 200 s for one input.
   *
   * @param target class with a {@code fuzzerTestOneInput}
   * @param seeds inputs to begin with
   * @param dir empty; what was found is left in it
   */
  public void fuzz(String target, List<String> seeds, Path dir)
      throws IOException, InterruptedException {
    Path corpus = Files.createDirectory(dir.resolve("corpus"));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed" + i), seeds.get(i).getBytes(StandardCharsets.UTF_8));
    }
    Path log = dir.resolve("log");
    Process jazzer =
        new ProcessBuilder(command(target, dir, corpus))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor(SECONDS + 300L, TimeUnit.SECONDS)).as("ended").isTrue();
    } finally {
      jazzer.destroyForcibly();
    }
    String text = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
    assertThat(jazzer.exitValue()).as(text).isZero();
    if (SECONDS > 0) {
      System.out.println(target + ": " + text.substring(text.lastIndexOf('\n') + 1));
    }
  }

  private List<String> command(String target, Path dir, Path corpus) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target,
                "--instrumentation_includes=io.podium.**",
                "--custom_hook_includes=io.podium.**"));
    command.addAll(options);
    command.addAll(
        List.of(
            "--reproducer_path=" + dir,
            "-artifact_prefix=" + dir + "/",
            "-seed=4711",
            "-max_len=2048",
            "-timeout=200",
            SECONDS > 0 ? "-max_total_time=" + SECONDS : "-runs=" + runs,
            corpus.toString()));
    return command;
  }
}
