package io.podium.ranking.sim;

import static java.util.Objects.requireNonNull;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.oracle.Expected;
import io.podium.ranking.oracle.View;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The core in a simulation, held against the oracle's view at each check. */
final class CoreRun implements AutoCloseable {
  private final List<Board> boards;
  private final CoreLimits limits;
  private final Map<ListingKey, Ranked> told = new HashMap<>();
  private final Map<ListingKey, String> hashes = new HashMap<>();
  private Collection<Rule> rules = List.of();
  private RankingCore core;

  CoreRun(List<Board> boards, CoreLimits limits) {
    this.boards = boards;
    this.limits = limits;
    this.core = new RankingCore(boards, limits);
  }

  Outcome apply(SalesEvent event, long receivedAtMillis) {
    return core.apply(event, receivedAtMillis);
  }

  void refuse(String reason) {
    core.rejected(reason);
  }

  void advance(long wallMillis) {
    core.advance(wallMillis);
  }

  void rules(Collection<Rule> rules) {
    this.rules = rules;
    core.rules(rules);
  }

  RankingCore core() {
    return core;
  }

  /** Saves, throws away and restores; rules are no part of the state, their keeper sets them. */
  void restart() throws IOException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    core.save(saved);
    core.close();
    core = RankingCore.restore(boards, limits, new ByteArrayInputStream(saved.toByteArray()));
    core.rules(rules);
    Difference.when(!core.rebuilt().isEmpty(), "rebuilt %s", core.rebuilt());
  }

  /** Every listing of the board against what it must be. */
  void compare(Board board, View view, Map<Slice, Expected> expected) {
    String name = board.name();
    for (Ranked changed : core.rankChanged(name)) {
      told.put(changed.key(), changed);
    }
    Set<Slice> listed = new HashSet<>();
    core.listings(name).forEach(key -> listed.add(key.slice()));
    Difference.unless(listed.equals(expected.keySet()), "listings", expected.keySet(), listed);
    for (Expected one : expected.values()) {
      ListingKey key = new ListingKey(name, one.slice());
      Ranked ranked = core.rank(key);
      same(one, ranked);
      hashes.put(key, ranked.hash());
      Ranked last = told.get(key);
      Difference.when(last == null, "rankChanged never told of %s", key);
      sameContent("rankChanged", one, requireNonNull(last));
    }
    hashes.keySet().removeIf(k -> k.board().equals(name) && !listed.contains(k.slice()));
    for (Map.Entry<ListingKey, Ranked> one : told.entrySet()) {
      if (one.getKey().board().equals(name) && !listed.contains(one.getKey().slice())) {
        Difference.unless(
            one.getValue().organic().isEmpty(),
            "rankChanged of " + one.getKey(),
            List.of(),
            one.getValue().organic());
        Ranked now = core.rank(one.getKey());
        sameOrganic(view.listing(one.getKey().slice()), now);
      }
    }
  }

  private static void same(Expected expected, Ranked ranked) {
    Difference.unless(
        expected.asOf().equals(ranked.asOf()), "asOf", expected.asOf(), ranked.asOf());
    Difference.unless(expected.at().equals(ranked.at()), "at", expected.at(), ranked.at());
    sameContent("rank", expected, ranked);
    Difference.unless(
        expected.omitted().equals(ranked.omitted()),
        "omitted of " + ranked.key(),
        expected.omitted(),
        ranked.omitted());
  }

  private static void sameContent(String what, Expected expected, Ranked ranked) {
    sameOrganic(expected, ranked);
    Difference.unless(
        expected.shows() == null ? ranked.shows() == null : expected.shows().equals(ranked.shows()),
        what + " shows of " + ranked.key(),
        String.valueOf(expected.shows()),
        String.valueOf(ranked.shows()));
    Difference.unless(
        expected.displayed().equals(ranked.displayed()),
        what + " displayed of " + ranked.key(),
        expected.displayed(),
        ranked.displayed());
  }

  private static void sameOrganic(Expected expected, Ranked ranked) {
    Difference.unless(
        expected.organic().equals(ranked.organic()),
        "organic of " + ranked.key(),
        expected.organic(),
        ranked.organic());
  }

  /** Hash per listing that is not empty, as of the last check. */
  Map<ListingKey, String> hashes() {
    return hashes;
  }

  @Override
  public void close() {
    core.close();
  }
}
