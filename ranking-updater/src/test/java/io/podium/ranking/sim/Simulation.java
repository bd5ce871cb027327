package io.podium.ranking.sim;

import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.oracle.CaseWatch;
import io.podium.ranking.oracle.Expected;
import io.podium.ranking.oracle.Intake;
import io.podium.ranking.oracle.View;
import java.time.Duration;
import java.util.Map;

/** One scenario through the oracle. */
final class Simulation {
  static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private final Scenario scenario;
  private final Intake oracle;
  private final CaseWatch cases = new CaseWatch();

  Simulation(Scenario scenario) {
    this.scenario = scenario;
    this.oracle = new Intake(scenario.boards(), MAX_AHEAD);
  }

  CaseWatch run() {
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Arrive arrive) {
        Outcome outcome = oracle.apply(arrive.event(), arrive.receivedAtMillis());
        cases.arrived(arrive.event(), outcome, oracle, scenario.boards());
      } else if (step instanceof Step.Advance advance) {
        oracle.advance(advance.wallMillis());
      } else if (step instanceof Step.SetRules rules) {
        oracle.rules(rules.rules());
      } else if (step instanceof Step.Check) {
        check();
      }
    }
    return cases;
  }

  private void check() {
    for (Board board : scenario.boards()) {
      View view = oracle.view(board);
      if (view != null) {
        Map<Slice, Expected> listings = view.listings();
        cases.checked(board, view, listings);
      }
    }
  }
}
