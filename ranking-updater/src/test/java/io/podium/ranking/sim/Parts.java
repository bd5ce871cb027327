package io.podium.ranking.sim;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.PartialMerge;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.core.Share;
import io.podium.ranking.oracle.Expected;
import io.podium.ranking.oracle.Intake;
import io.podium.ranking.oracle.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A scenario through several cores that hold disjoint products, their listings merged. */
final class Parts implements AutoCloseable {
  private final Scenario scenario;
  private final Intake oracle;
  private final List<RankingCore> cores = new ArrayList<>();

  /** With 1 to 16 cores. */
  Parts(Scenario scenario, int many) {
    this.scenario = scenario;
    this.oracle = new Intake(scenario.boards(), Simulation.MAX_AHEAD);
    for (int i = 0; i < many; i++) {
      cores.add(new RankingCore(scenario.boards(), scenario.limits(), new Share(i, many)));
    }
  }

  /** Throws a {@link Difference}; answers the hashes of the last check. */
  Map<ListingKey, String> run() {
    Map<ListingKey, String> hashes = new HashMap<>();
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Arrive arrive) {
        oracle.apply(arrive.event(), arrive.receivedAtMillis());
        cores.forEach(c -> c.apply(arrive.event(), arrive.receivedAtMillis()));
      } else if (step instanceof Step.Advance advance) {
        oracle.advance(advance.wallMillis());
        cores.forEach(c -> c.advance(advance.wallMillis()));
      } else if (step instanceof Step.SetRules rules) {
        oracle.rules(rules.rules());
        cores.forEach(c -> c.rules(rules.rules()));
      } else if (step instanceof Step.Check) {
        hashes.clear();
        scenario.boards().forEach(b -> check(b, hashes));
      }
    }
    return hashes;
  }

  private void check(Board board, Map<ListingKey, String> hashes) {
    View view = oracle.view(board);
    if (view == null) {
      return;
    }
    Map<Slice, Expected> expected = view.listings();
    PartialMerge merge = new PartialMerge(board, cores);
    Set<Slice> listed = new HashSet<>();
    merge.listings().forEach(key -> listed.add(key.slice()));
    Difference.unless(
        listed.equals(expected.keySet()), "merged listings", "", expected.keySet(), listed);
    for (Expected one : expected.values()) {
      ListingKey key = new ListingKey(board.name(), one.slice());
      CoreRun.same("merged", one, merge.rank(key));
      hashes.put(key, merge.rank(key).hash());
    }
  }

  @Override
  public void close() {
    cores.forEach(RankingCore::close);
  }
}
