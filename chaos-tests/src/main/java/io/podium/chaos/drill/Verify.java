package io.podium.chaos.drill;

import io.podium.backends.JavaProcess;
import io.podium.chaos.harness.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code podium verify}, as a process of its own.
 *
 * @param status its exit status
 */
record Verify(int status, String lastLine) {
  private static final long PATIENCE_SECONDS = 300;

  static Verify run(Stack stack) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("verify", "--config", stack.configFile().toString()));
    for (Path dir : stack.updaterDirs()) {
      arguments.addAll(List.of("--archive", dir.resolve("archive").toString()));
    }
    Path log = stack.dir().resolve("verify.log");
    try (JavaProcess verify =
        new JavaProcess(
            "verify",
            List.of("-Xmx768m", "-XX:+UseSerialGC"),
            "io.podium.ranking.Main",
            arguments,
            log)) {
      int status = verify.process().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String[] lines = verify.process().lastOutput().split("\n", -1);
      return new Verify(status, lines[lines.length - 1]);
    } catch (TimeoutException e) {
      return new Verify(-1, "not done within " + PATIENCE_SECONDS + " s");
    }
  }
}
