package io.podium.ranking.sim;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.oracle.Case;
import io.podium.ranking.oracle.CaseWatch;
import io.podium.ranking.oracle.Expected;
import io.podium.ranking.oracle.Intake;
import io.podium.ranking.oracle.View;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One scenario through the core and the oracle side by side. */
final class Simulation implements AutoCloseable {
  static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private final Scenario scenario;
  private final Intake oracle;
  private final CoreRun core;
  private final Tally tally = new Tally();
  private final CaseWatch cases = new CaseWatch();
  private boolean anyLost;
  private boolean anyFull;

  Simulation(Scenario scenario) {
    this.scenario = scenario;
    this.oracle = new Intake(scenario.boards(), MAX_AHEAD);
    this.core = new CoreRun(scenario.boards(), scenario.limits());
  }

  /** Throws a {@link Difference}, or whatever the core throws. */
  CaseWatch run() throws IOException {
    for (Step step : scenario.steps()) {
      take(step);
    }
    return cases;
  }

  private void take(Step step) throws IOException {
    if (step instanceof Step.Arrive arrive) {
      arrive(arrive.event(), arrive.receivedAtMillis());
    } else if (step instanceof Step.Refuse refuse) {
      core.refuse(refuse.reason());
      tally.refused();
    } else if (step instanceof Step.Advance advance) {
      oracle.advance(advance.wallMillis());
      core.advance(advance.wallMillis());
    } else if (step instanceof Step.SetRules rules) {
      oracle.rules(rules.rules());
      core.rules(rules.rules());
    } else if (step instanceof Step.Restart) {
      cases.note(Case.RESTARTED, !oracle.accepted().isEmpty());
      core.restart();
    } else {
      check();
    }
  }

  private void arrive(SalesEvent event, long receivedAtMillis) {
    Outcome is = core.apply(event, receivedAtMillis);
    if (is == Outcome.FULL) {
      // Nothing but T has changed: as if it had never come.
      oracle.passed(event);
      cases.note(Case.FULL, true);
      Difference.unless(scenario.isTight(), "outcome", event, "not FULL, there is room", is);
      anyFull = true;
      return;
    }
    long conflicts = oracle.conflicts();
    Outcome must = oracle.apply(event, receivedAtMillis);
    if (is == Outcome.DUPLICATE && oracle.conflicts() > conflicts) {
      tally.conflicted();
    }
    tally.arrived(event, must, is);
    anyLost |= must == Outcome.LATE || must == Outcome.REJECTED;
    cases.arrived(event, must, oracle, scenario.boards());
  }

  private void check() {
    for (Board board : scenario.boards()) {
      View view = oracle.view(board);
      Instant must = oracle.streamTime(board);
      Instant is = core.core().streamTime(board.name());
      Difference.unless(Objects.equals(must, is), "stream time", board.name(), must, is);
      if (view != null) {
        Map<Slice, Expected> listings = view.listings();
        core.compare(board, view, listings);
        cases.checked(board, view, listings);
      }
    }
    tally.check(core.core().counts());
  }

  /** An event was late or ahead, so that other orders of arrival may rank other events. */
  boolean anyLost() {
    return anyLost;
  }

  /** An event was refused for want of room. */
  boolean anyFull() {
    return anyFull;
  }

  Map<ListingKey, String> hashes() {
    return core.hashes();
  }

  @Override
  public void close() {
    core.close();
  }

  /** Null when it went well. */
  static @Nullable Throwable failureOf(Scenario scenario) {
    try (Simulation simulation = new Simulation(scenario)) {
      simulation.run();
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    }
  }
}
