package io.podium.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.chaos.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

  @Test
  void aDrillThatDoesNotEndFailsWithASentenceAndIsClosed() throws Exception {
    List<String> seen = new ArrayList<>();
    Report report = new Rehearsal(Scale.SHORT, 1, line -> {}).of(new Endless(seen), new Stage(dir));
    assertThat(report.passed()).isFalse();
    assertThat(report.failure()).contains("not over within 1 s");
    assertThat(seen).containsExactly("closed");
  }

  @Test
  void whatWasKeptIsClosedAlsoWhenOneOfItCannotBe() throws Exception {
    List<String> seen = new ArrayList<>();
    Report report =
        new Rehearsal(Scale.SHORT, 1, line -> {})
            .of(
                new Recorded(seen, true) {
                  @Override
                  public void recovery(Run run) {
                    run.keep(
                        (AutoCloseable)
                            () -> {
                              throw new IllegalStateException("stuck");
                            });
                  }
                },
                new Stage(dir));
    assertThat(seen).endsWith("closed");
    assertThat(report.passed()).isFalse();
    assertThat(report.failure()).contains("stuck");
  }

  /** Waits for something that never comes. */
  private static final class Endless extends Recorded {
    Endless(List<String> seen) {
      super(seen, true);
    }

    @Override
    public Duration bound(Scale scale) {
      return Duration.ofSeconds(1);
    }

    @Override
    public void steadyState(Run run) {
      run.keep((AutoCloseable) () -> seen().add("closed"));
    }

    @Override
    public void fault(Run run) throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  private static class Recorded implements Drill {
    private final List<String> seen;
    private final boolean holds;

    Recorded(List<String> seen, boolean holds) {
      this.seen = seen;
      this.holds = holds;
    }

    List<String> seen() {
      return seen;
    }

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
    public void fault(Run run) throws InterruptedException {
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
