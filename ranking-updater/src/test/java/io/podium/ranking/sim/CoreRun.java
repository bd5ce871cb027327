package io.podium.ranking.sim;

import static java.util.Objects.requireNonNull;

import io.podium.listing.CodePointOrder;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Evidence;
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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The core in a simulation, held against the oracle's view at each check. */
final class CoreRun implements AutoCloseable {
  private final List<Board> boards;
  private final CoreLimits limits;
  private final Map<ListingKey, Ranked> told = new HashMap<>();
  private final Map<ListingKey, String> hashes = new HashMap<>();
  private Collection<Rule> rules = List.of();
  private RankingCore core;
  private int applied;

  CoreRun(List<Board> boards, CoreLimits limits) {
    this.boards = boards;
    this.limits = limits;
    this.core = new RankingCore(boards, limits);
  }

  Outcome apply(SalesEvent event, long receivedAtMillis) {
    Outcome outcome = core.apply(event, receivedAtMillis);
    // Rankings in parts, with events in between.
    Board board = boards.get(applied % boards.size());
    tell(board.name(), 1 + applied % 3);
    applied++;
    return outcome;
  }

  private void tell(String board, int most) {
    for (Ranked changed : core.rankChanged(board, most)) {
      told.put(changed.key(), changed);
    }
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
    while (core.isAmidRanking(name)) {
      tell(name, 1);
    }
    tell(name, Integer.MAX_VALUE);
    Set<Slice> listed = new HashSet<>();
    core.listings(name).forEach(key -> listed.add(key.slice()));
    Difference.unless(
        listed.equals(expected.keySet()), "listings", name, expected.keySet(), listed);
    for (Expected one : expected.values()) {
      ListingKey key = new ListingKey(name, one.slice());
      Ranked ranked = core.rank(key);
      same("rank", one, ranked);
      hashes.put(key, ranked.hash());
      Ranked last = told.get(key);
      Difference.when(last == null, "rankChanged never told of %s", key);
      sameContent("rankChanged", one, requireNonNull(last));
    }
    compareValues(board, listed);
    compareEvidence(board, view, expected);
    hashes.keySet().removeIf(k -> k.board().equals(name) && !listed.contains(k.slice()));
    for (Map.Entry<ListingKey, Ranked> one : told.entrySet()) {
      ListingKey key = one.getKey();
      if (key.board().equals(name) && !listed.contains(key.slice())) {
        Expected empty = view.listing(key.slice());
        sameContent("rankChanged", empty, one.getValue());
        same("rank", empty, core.rank(key));
      }
    }
  }

  /** Of every entry of every listing, and of any product. */
  private void compareEvidence(Board board, View view, Map<Slice, Expected> expected) {
    List<Slice> slices = List.copyOf(expected.keySet());
    List<Ranked> proven = core.evidence(board.name(), slices);
    for (int i = 0; i < slices.size(); i++) {
      compareEvidence(view, requireNonNull(expected.get(slices.get(i))), proven.get(i));
    }
    for (Slice slice : slices) {
      Set<String> products = new TreeSet<>(CodePointOrder.INSTANCE);
      view.products().stream().sorted().limit(1).forEach(products::add);
      products.add("never sold");
      for (String product : products) {
        Evidence must = view.evidence(slice, product);
        Evidence is = core.evidence(new ListingKey(board.name(), slice), product);
        Difference.unless(must.equals(is), "evidence", slice, must, is);
      }
    }
  }

  private static void compareEvidence(View view, Expected listing, Ranked proven) {
    same("evidence", listing, proven);
    Set<String> missing = new HashSet<>();
    listing.organic().forEach(o -> missing.add(o.productId()));
    listing.displayed().forEach(d -> missing.add(d.productId()));
    for (Evidence is : proven.evidence()) {
      missing.remove(is.productId());
      Evidence must = view.evidence(listing.slice(), is.productId());
      Difference.unless(must.equals(is), "evidence", is.key(), must, is);
    }
    Difference.unless(missing.isEmpty(), "evidence", proven.key(), "of all entries", missing);
  }

  /** Every listed value is known, and the known ones are ascending and not too many. */
  private void compareValues(Board board, Set<Slice> listed) {
    Map<String, List<String>> values = core.values(board.name());
    for (Map.Entry<String, List<String>> known : values.entrySet()) {
      TreeSet<String> sorted = new TreeSet<>(CodePointOrder.INSTANCE);
      sorted.addAll(known.getValue());
      Difference.unless(
          List.copyOf(sorted).equals(known.getValue()) && sorted.size() <= board.maxValues(),
          "values",
          known.getKey(),
          sorted,
          known.getValue());
    }
    for (Slice slice : listed) {
      slice
          .values()
          .forEach(
              (dimension, value) ->
                  Difference.unless(
                      values.getOrDefault(dimension, List.of()).contains(value),
                      "known values",
                      dimension,
                      value,
                      values));
    }
  }

  /** Throws a {@link Difference}. */
  static void same(String what, Expected expected, Ranked ranked) {
    ListingKey key = ranked.key();
    Difference.unless(
        expected.asOf().equals(ranked.asOf()), "asOf", key, expected.asOf(), ranked.asOf());
    Difference.unless(expected.at().equals(ranked.at()), "at", key, expected.at(), ranked.at());
    sameContent(what, expected, ranked);
    Difference.unless(
        expected.omitted().equals(ranked.omitted()),
        "omitted",
        key,
        expected.omitted(),
        ranked.omitted());
  }

  private static void sameContent(String what, Expected expected, Ranked ranked) {
    sameOrganic(what, expected, ranked);
    Difference.unless(
        Objects.equals(expected.shows(), ranked.shows()),
        what + " shows",
        ranked.key(),
        expected.shows(),
        ranked.shows());
    Difference.unless(
        expected.displayed().equals(ranked.displayed()),
        what + " displayed",
        ranked.key(),
        expected.displayed(),
        ranked.displayed());
  }

  private static void sameOrganic(String what, Expected expected, Ranked ranked) {
    Difference.unless(
        expected.organic().equals(ranked.organic()),
        what + " organic",
        ranked.key(),
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
