package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_tellsOptionsAndExitStatus() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--quick", "--full", "--profile", "Exit status");
  }

  @Test
  void unknownBudget_isRefusedWithTheOnesThereAre() {
    assertThat(run("R99")).isEqualTo(64);
    assertThat(err.toString()).contains("no budget 'R99'").contains("U1");
  }

  @Test
  void quickAndFullTogether_areRefused() {
    assertThat(run("--quick", "--full")).isEqualTo(64);
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
