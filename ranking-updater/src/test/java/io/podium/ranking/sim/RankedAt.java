package io.podium.ranking.sim;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.oracle.Expected;
import io.podium.ranking.oracle.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A scenario's events as a file: all at once, unbounded, at one T somewhere in it. */
final class RankedAt {
  private RankedAt() {}

  /** Throws a {@link Difference}. */
  static void check(Scenario scenario, Dice dice) {
    List<SalesEvent> arrived = new ArrayList<>();
    List<SalesEvent> first = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    List<Rule> rules = List.of();
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Arrive arrive) {
        SalesEvent event = arrive.event();
        arrived.add(event);
        if (seen.add(List.of(event.meta().source(), event.meta().id()))) {
          first.add(event);
        }
      } else if (step instanceof Step.SetRules set) {
        rules = set.rules();
      }
    }
    if (first.isEmpty()) {
      return;
    }
    Instant t = dice.pick(first).meta().time();
    try (RankingCore core = RankingCore.at(scenario.boards(), CoreLimits.rank(), t)) {
      core.rules(rules);
      arrived.forEach(e -> core.apply(e, t.toEpochMilli()));
      for (Board board : scenario.boards()) {
        compare(core, board, new View(board, first, rules, t));
      }
    }
  }

  private static void compare(RankingCore core, Board board, View view) {
    Map<Slice, Expected> expected = view.listings();
    Set<Slice> listed = new HashSet<>();
    core.listings(board.name()).forEach(key -> listed.add(key.slice()));
    Difference.unless(
        listed.equals(expected.keySet()), "listings at T", "", expected.keySet(), listed);
    for (Expected one : expected.values()) {
      CoreRun.same("rank at T", one, core.rank(new ListingKey(board.name(), one.slice())));
    }
  }
}
