package io.podium.ranking.oracle;

import io.podium.listing.CodePointOrder;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.Rule.Action;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.event.SalesEvent.Buyer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From the organic order to the displayed one. */
final class Display {
  private final Board board;
  private final Slice slice;
  private final Cards cards;
  private final List<Rule> rules;
  private final List<Ranked.Organic> organic;

  Display(
      Board board,
      Slice slice,
      Cards cards,
      List<Rule> allRules,
      List<Ranked.Organic> organic,
      Instant t) {
    this.board = board;
    this.slice = slice;
    this.cards = cards;
    this.organic = organic;
    this.rules = allRules.stream().filter(r -> applies(r, t)).toList();
  }

  private boolean applies(Rule rule, Instant t) {
    Slice only = rule.slice();
    Instant from = rule.from();
    Instant until = rule.until();
    return rule.board().equals(board.name())
        && (only == null || only.equals(slice))
        && (from == null || from.compareTo(t) <= 0)
        && (until == null || t.compareTo(until) < 0);
  }

  private boolean has(Action action, String product) {
    return rules.stream().anyMatch(r -> r.action() == action && r.productId().equals(product));
  }

  private boolean mayShow(String product) {
    return cards.isEligible(product) && !has(Action.HIDE, product);
  }

  List<Ranked.Displayed> displayed() {
    if (organic.isEmpty()) {
      return List.of();
    }
    List<Rule> pins = pins();
    Set<String> pinned = new HashSet<>();
    pins.forEach(p -> pinned.add(p.productId()));
    List<String> rest = boosted().stream().filter(p -> mayShow(p) && !pinned.contains(p)).toList();
    List<String> order = place(pins, diverse(rest));
    return order.stream().limit(board.size()).map(p -> entry(p, pinned.contains(p))).toList();
  }

  /** The organic products by their multiplied scores. */
  private List<String> boosted() {
    Map<String, BigDecimal> scores = new HashMap<>();
    for (Ranked.Organic entry : organic) {
      BigDecimal score = new BigDecimal(entry.score());
      for (Rule rule : rules) {
        BigDecimal factor = rule.factor();
        if (factor != null && rule.productId().equals(entry.productId())) {
          score = score.multiply(factor);
        }
      }
      scores.put(entry.productId(), score);
    }
    return scores.entrySet().stream()
        .sorted(
            Map.Entry.<String, BigDecimal>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey(CodePointOrder.INSTANCE)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<String> diverse(List<String> candidates) {
    Board.Diversity limit = board.diversity();
    if (limit == null) {
      return candidates;
    }
    List<String> left = new ArrayList<>(candidates);
    List<String> taken = new ArrayList<>();
    while (!left.isEmpty()) {
      String next =
          left.stream().filter(p -> fits(p, taken, limit)).findFirst().orElse(left.get(0));
      left.remove(next);
      taken.add(next);
    }
    return taken;
  }

  private boolean fits(String product, List<String> taken, Board.Diversity limit) {
    String value = cards.member(product, limit.member());
    if (value == null) {
      return true;
    }
    int same = 1;
    for (int i = Math.max(0, taken.size() - (limit.within() - 1)); i < taken.size(); i++) {
      same += value.equals(cards.member(taken.get(i), limit.member())) ? 1 : 0;
    }
    return same <= limit.limit();
  }

  /** Pins that take a place, first come first. */
  private List<Rule> pins() {
    Set<String> seen = new HashSet<>();
    return rules.stream()
        .filter(r -> r.action() == Action.PIN)
        .sorted(
            Comparator.comparing(Rule::from, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Rule::id, CodePointOrder.INSTANCE))
        .filter(r -> seen.add(r.productId()))
        .filter(r -> mayShow(r.productId()) && matchesSlice(r.productId()))
        .toList();
  }

  private boolean isPinned(String product) {
    return pins().stream().anyMatch(p -> p.productId().equals(product));
  }

  private boolean matchesSlice(String product) {
    return slice.values().entrySet().stream()
        .filter(d -> !d.getKey().startsWith("buyer."))
        .allMatch(d -> cards.values(d.getKey(), product, Buyer.UNKNOWN).contains(d.getValue()));
  }

  private static List<String> place(List<Rule> pins, List<String> others) {
    Map<Integer, String> places = new HashMap<>();
    for (Rule pin : pins) {
      int place = pin.place();
      while (places.containsKey(place)) {
        place++;
      }
      places.put(place, pin.productId());
    }
    List<String> waiting = new ArrayList<>(others);
    List<String> order = new ArrayList<>();
    int last = places.keySet().stream().mapToInt(p -> p).max().orElse(0);
    for (int place = 1; place <= last || !waiting.isEmpty(); place++) {
      String pinned = places.get(place);
      if (pinned != null) {
        order.add(pinned);
      } else if (!waiting.isEmpty()) {
        order.add(waiting.remove(0));
      }
    }
    return order;
  }

  private Ranked.Displayed entry(String product, boolean pinned) {
    int rank = rankOf(product);
    BigInteger score = rank == 0 ? BigInteger.ZERO : organic.get(rank - 1).score();
    return new Ranked.Displayed(
        product,
        score,
        rank,
        pinned || has(Action.BOOST, product),
        !pinned && has(Action.BURY, product));
  }

  private int rankOf(String product) {
    for (int i = 0; i < organic.size(); i++) {
      if (organic.get(i).productId().equals(product)) {
        return i + 1;
      }
    }
    return 0;
  }

  List<Omitted> omitted() {
    Set<String> shown = new HashSet<>();
    displayed().forEach(d -> shown.add(d.productId()));
    List<Omitted> omitted = new ArrayList<>();
    for (int i = 0; i < organic.size(); i++) {
      Ranked.Organic entry = organic.get(i);
      if (!shown.contains(entry.productId())) {
        String product = entry.productId();
        boolean moved =
            has(Action.BOOST, product) || has(Action.BURY, product) || isPinned(product);
        omitted.add(new Omitted(product, entry.score(), i + 1, reason(product), moved));
      }
    }
    return omitted;
  }

  private Omitted.Reason reason(String product) {
    if (has(Action.HIDE, product)) {
      return Omitted.Reason.HIDDEN;
    }
    return cards.isEligible(product) ? Omitted.Reason.BELOW_THE_CUT : Omitted.Reason.INELIGIBLE;
  }

  /** Notes the cases of the displayed order. */
  void watch(CaseWatch watch) {
    for (Rule rule : rules) {
      String product = rule.productId();
      if (rule.action() == Action.PIN) {
        watch.note(Case.PIN_SOLD_OUT, !cards.isEligible(product));
        watch.note(Case.PIN_HIDDEN, has(Action.HIDE, product));
        watch.note(Case.PIN_ELSEWHERE, cards.isEligible(product) && !matchesSlice(product));
      }
    }
    List<Rule> pins = pins();
    List<Ranked.Displayed> shown = displayed();
    for (Rule pin : pins) {
      watch.note(Case.PIN_BEYOND_THE_END, pin.place() > shown.size());
      watch.note(Case.PIN_WITHOUT_SALES, rankOf(pin.productId()) == 0);
      watch.note(Case.PINS_MEET, pins.stream().filter(p -> p.place() == pin.place()).count() > 1);
    }
    List<String> order = organic.stream().map(Ranked.Organic::productId).toList();
    List<String> boosted = boosted();
    watch.note(Case.MULTIPLIED, !boosted.equals(order));
    List<String> rest = boosted.stream().filter(this::mayShow).toList();
    List<String> diverse = diverse(rest);
    watch.note(Case.DIVERSE, !diverse.equals(rest));
    Board.Diversity limit = board.diversity();
    for (int i = 0; limit != null && i < diverse.size(); i++) {
      watch.note(Case.DIVERSITY_FOUND_NONE, !fits(diverse.get(i), diverse.subList(0, i), limit));
    }
  }
}
