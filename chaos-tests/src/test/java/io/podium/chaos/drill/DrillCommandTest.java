package io.podium.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.chaos.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DrillCommandTest {
  @TempDir Path dir = Path.of("");

  @Test
  void anUnknownDrillIsToldWithTheRemedy() {
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
    assertThat(command.execute("drill", "no-such-drill")).isNotZero();
    assertThat(err.toString()).contains("no-such-drill", "--list");
  }

  @Test
  void phasesRunInOrderAndWhatWasKeptIsClosed() throws Exception {
    List<String> seen = new ArrayList<>();
    Report report =
        new Rehearsal(Scale.SHORT, 1, line -> {}).of(new Recorded(seen, true), new Stage(dir));
    assertThat(seen).containsExactly("steady", "fault", "meanwhile", "recovery", "after", "closed");
    assertThat(report.passed()).isTrue();
  }

  @Test
  void aBrokenPromiseFailsTheDrill() throws Exception {
    Report report =
        new Rehearsal(Scale.SHORT, 1, line -> {})
            .of(new Recorded(new ArrayList<>(), false), new Stage(dir));
    assertThat(report.passed()).isFalse();
    assertThat(report.text()).contains("BROKEN", "it holds");
  }

  private record Recorded(List<String> seen, boolean holds) implements Drill {
    @Override
    public String name() {
      return "recorded";
    }

    @Override
    public Words hypothesis() {
      return new Words("Phases run in order.", "단계가 순서대로 실행됩니다.");
    }

    @Override
    public void steadyState(Run run) {
      seen.add("steady");
      run.keep((AutoCloseable) () -> seen.add("closed"));
    }

    @Override
    public void fault(Run run) {
      seen.add("fault");
    }

    @Override
    public void meanwhile(Run run) {
      seen.add("meanwhile");
    }

    @Override
    public void recovery(Run run) {
      seen.add("recovery");
    }

    @Override
    public void afterwards(Run run) {
      seen.add("after");
      run.check(Promise.WHOLE_PAGES, "it holds", holds, "as told");
    }
  }
}
