package io.podium.ranking.sim;

import io.podium.ranking.board.Rule;
import io.podium.ranking.event.SalesEvent;
import java.util.List;

/** One thing that happens in a simulation. */
sealed interface Step {
  record Arrive(SalesEvent event, long receivedAtMillis) implements Step {}

  /** An event that the decoder refused. */
  record Refuse(String reason) implements Step {}

  record Advance(long wallMillis) implements Step {}

  record SetRules(List<Rule> rules) implements Step {}

  /** Every listing of every board is compared. */
  record Check() implements Step {}

  /** The core is saved, thrown away and restored. */
  record Restart() implements Step {}
}
