package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.listing.CodePointOrder;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.Ranked.Displayed;
import io.podium.ranking.core.Ranked.Organic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From organic entries to what is displayed (DESIGN 4.2, Displayed order). Boost and bury multiply,
 * hidden and ineligible products go, then the pinned ones are taken out; diversity orders the rest;
 * the pins come last, each at its place. One instance per listing.
 */
final class DisplayedOrder {
  /** Of two pins for one place the first by (from, id) has it. */
  private static final Comparator<Rule> PIN_ORDER =
      Comparator.comparing(Rule::from, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Rule::id, CodePointOrder.INSTANCE);

  private final Board board;
  private final Slice slice;
  private final List<Organic> organic;
  private final CardView cards;
  private final List<Rule> rules;

  private DisplayedOrder(
      Board board, Slice slice, List<Organic> organic, CardView cards, List<Rule> rules) {
    this.board = board;
    this.slice = slice;
    this.organic = organic;
    this.cards = cards;
    this.rules = rules;
  }

  /**
   * @param organic best first; only the first 2 x size count
   * @param cards the card of a product as it is at T, or null
   * @param rules of any board and slice, valid at T or not
   * @param t stream time
   */
  static Shown of(
      Board board,
      Slice slice,
      List<Organic> organic,
      CardView cards,
      Collection<Rule> rules,
      Instant t) {
    List<Organic> kept = organic.subList(0, Math.min(organic.size(), 2 * board.size()));
    List<Rule> valid = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.board().equals(board.name())
          && (rule.slice() == null || rule.slice().equals(slice))
          && rule.isValidAt(t)) {
        valid.add(rule);
      }
    }
    return new DisplayedOrder(board, slice, kept, cards, valid).shown();
  }

  private Shown shown() {
    if (organic.isEmpty()) {
      return new Shown(List.of(), List.of());
    }
    Map<String, Integer> ranks = new HashMap<>();
    for (Organic entry : organic) {
      ranks.put(entry.productId(), ranks.size() + 1);
    }
    Set<String> hidden = products(Rule.Action.HIDE);
    Map<String, Rule> pins = pins(hidden);
    List<String> others = new ArrayList<>();
    for (String product : weighed()) {
      if (!hidden.contains(product) && cards.isEligible(product) && !pins.containsKey(product)) {
        others.add(product);
      }
    }
    List<String> order = withPins(pins, diverse(others));
    order = order.subList(0, Math.min(order.size(), board.size()));
    Set<String> promoted = products(Rule.Action.BOOST);
    promoted.addAll(pins.keySet());
    Set<String> buried = products(Rule.Action.BURY);
    buried.removeAll(pins.keySet());
    return new Shown(
        displayed(order, ranks, promoted, buried),
        omitted(new HashSet<>(order), hidden, promoted, buried));
  }

  private Set<String> products(Rule.Action action) {
    Set<String> products = new HashSet<>();
    for (Rule rule : rules) {
      if (rule.action() == action) {
        products.add(rule.productId());
      }
    }
    return products;
  }

  /** Products by organic score times all their factors, ties by id. */
  private List<String> weighed() {
    Map<String, BigDecimal> factors = new HashMap<>();
    for (Rule rule : rules) {
      if (rule.factor() != null) {
        factors.merge(rule.productId(), rule.factor(), BigDecimal::multiply);
      }
    }
    List<String> products = new ArrayList<>(organic.size());
    organic.forEach(entry -> products.add(entry.productId()));
    if (!factors.isEmpty()) {
      Map<String, BigDecimal> scores = new HashMap<>();
      for (Organic entry : organic) {
        BigDecimal factor = factors.getOrDefault(entry.productId(), BigDecimal.ONE);
        scores.put(entry.productId(), new BigDecimal(entry.score()).multiply(factor));
      }
      products.sort(
          Comparator.comparing((String id) -> scores.getOrDefault(id, BigDecimal.ZERO))
              .reversed()
              .thenComparing(CodePointOrder.INSTANCE));
    }
    return products;
  }

  /** Pins that may stand here, one per product, in the order in which they choose a place. */
  private Map<String, Rule> pins(Set<String> hidden) {
    List<Rule> all = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.action() == Rule.Action.PIN) {
        all.add(rule);
      }
    }
    all.sort(PIN_ORDER);
    Map<String, Rule> pins = new LinkedHashMap<>();
    for (Rule rule : all) {
      String product = rule.productId();
      if (!hidden.contains(product) && cards.isEligible(product) && belongsHere(product)) {
        pins.putIfAbsent(product, rule);
      }
    }
    return pins;
  }

  private boolean belongsHere(String product) {
    Card card = cards.get(product);
    for (Map.Entry<String, String> cut : slice.values().entrySet()) {
      if (!Dimensions.isOfBuyer(cut.getKey())
          && !Dimensions.values(card, cut.getKey()).contains(cut.getValue())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Goes down the list and takes the first that does not exceed the limit within the last places,
   * or the first left if none fits; as many as can be displayed.
   */
  private List<String> diverse(List<String> products) {
    Board.Diversity rule = board.diversity();
    if (rule == null) {
      return products;
    }
    List<@Nullable String> values = new ArrayList<>();
    for (String product : products) {
      Card card = cards.get(product);
      values.add(card == null ? null : card.json(rule.member()));
    }
    return new DiverseOrder(products, values, rule).take(board.size());
  }

  /** Pins at their place or the next free one, the others in what is left, without gaps. */
  private static List<String> withPins(Map<String, Rule> pins, List<String> others) {
    if (pins.isEmpty()) {
      return others;
    }
    TreeMap<Integer, String> taken = new TreeMap<>();
    for (Rule pin : pins.values()) {
      int place = pin.place();
      while (taken.containsKey(place)) {
        place++;
      }
      taken.put(place, pin.productId());
    }
    List<String> order = new ArrayList<>(others.size() + pins.size());
    int next = 0;
    for (Map.Entry<Integer, String> pin : taken.entrySet()) {
      while (order.size() < pin.getKey() - 1 && next < others.size()) {
        order.add(others.get(next++));
      }
      order.add(pin.getValue());
    }
    order.addAll(others.subList(next, others.size()));
    return order;
  }

  private List<Displayed> displayed(
      List<String> order, Map<String, Integer> ranks, Set<String> promoted, Set<String> buried) {
    List<Displayed> displayed = new ArrayList<>(order.size());
    for (String product : order) {
      int rank = ranks.getOrDefault(product, 0);
      displayed.add(
          new Displayed(
              product,
              rank == 0 ? BigInteger.ZERO : organic.get(rank - 1).score(),
              rank,
              promoted.contains(product),
              buried.contains(product)));
    }
    return displayed;
  }

  private List<Omitted> omitted(
      Set<String> shown, Set<String> hidden, Set<String> promoted, Set<String> buried) {
    List<Omitted> omitted = new ArrayList<>();
    for (int i = 0; i < organic.size(); i++) {
      Organic entry = organic.get(i);
      String product = entry.productId();
      if (!shown.contains(product)) {
        boolean moved = promoted.contains(product) || buried.contains(product);
        omitted.add(new Omitted(product, entry.score(), i + 1, reason(entry, hidden), moved));
      }
    }
    return omitted;
  }

  private Omitted.Reason reason(Organic entry, Set<String> hidden) {
    if (hidden.contains(entry.productId())) {
      return Omitted.Reason.HIDDEN;
    }
    return cards.isEligible(entry.productId())
        ? Omitted.Reason.BELOW_THE_CUT
        : Omitted.Reason.INELIGIBLE;
  }
}
