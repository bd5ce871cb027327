package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs Jazzer, guided by coverage, in a process of its own: some thousand inputs from a fixed seed
 * in the suite; with {@code -Dpodium.fuzzSeconds=3600} for an hour a target:
 *
 * <pre>
 * ./podium test -pl read-engine -am -Dtest=FuzzTest -Dpodium.fuzzSeconds=3600
 * </pre>
 */
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("podium.fuzzSeconds", 0);
  private static final List<String> SEEDS =
      List.of(
          "/v1/rankings/best?category=food+%26+drink&size=20",
          "/v1/rankings/best?size=10&cursor=AQAAAAAAAAPpAAAACgAAAYvP5WgA",
          "http://x/v1/rankings/best?category=beauty%2F%EC%8A%A4",
          "aGET /v1/boards HTTP/1.1\r\nHost: x\r\nX-A: b\r\n\r\nGET / HTTP/1.1\r\n\r\n",
          "aPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.podium.read.http.TargetFuzz",
        "io.podium.read.http.CursorFuzz",
        "io.podium.read.overload.HeadLinesFuzz"
      })
  void nothingUnexpectedComesOut(String target, @TempDir Path dir) throws Exception {
    Path corpus = Files.createDirectory(dir.resolve("corpus"));
    for (int i = 0; i < SEEDS.size(); i++) {
      Files.write(corpus.resolve("seed" + i), SEEDS.get(i).getBytes(StandardCharsets.UTF_8));
    }
    Path log = dir.resolve("log");
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target,
                "--instrumentation_includes=io.podium.**",
                "--custom_hook_includes=io.podium.**",
                // Fails on the stripped Unsafe of the library that heads are read with.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
                "--reproducer_path=" + dir,
                "-artifact_prefix=" + dir + "/",
                "-seed=4711",
                "-max_len=2048",
                "-timeout=200",
                SECONDS > 0 ? "-max_total_time=" + SECONDS : "-runs=20000",
                corpus.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor(SECONDS + 300L, TimeUnit.SECONDS)).as("ended").isTrue();
    } finally {
      jazzer.destroyForcibly();
    }
    assertThat(jazzer.exitValue()).as(text(log)).isZero();
    if (SECONDS > 0) {
      System.out.println(target + ": " + lastLine(log));
    }
  }

  private static String text(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.ISO_8859_1);
  }

  private static String lastLine(Path log) throws IOException {
    String text = text(log).strip();
    return text.substring(text.lastIndexOf('\n') + 1);
  }
}
