package io.podium.ranking.oracle;

import io.podium.listing.CodePointOrder;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.Evidence;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.event.SalesEvent;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One board at T, from all accepted events: a pure function, computed anew each time. */
public final class View {
  private final Board board;
  private final Instant t;
  private final List<Rule> rules;
  private final Cards cards;
  private final Past past;
  private final Orders orders;
  private final List<SalesEvent> events;

  /** Per slice that any sale fell into: the products' scores, those of 0 left out. */
  private final Map<Slice, Map<String, BigInteger>> scores = new HashMap<>();

  private final Map<String, Set<String>> beyond = new HashMap<>();

  public View(Board board, Collection<SalesEvent> events, Collection<Rule> rules, Instant t) {
    this.board = board;
    this.t = t;
    this.rules = List.copyOf(rules);
    this.cards = new Cards(events, t);
    this.past = new Past(board, t);
    this.events = List.copyOf(events);
    this.orders = new Orders(board, past);
    for (Contribution c : orders.of(this.events)) {
      BigInteger scaled = c.amount().multiply(past.weight(c.time()));
      for (List<String> cut : board.slices()) {
        for (Slice slice : slices(cut, c)) {
          scores
              .computeIfAbsent(slice, s -> new HashMap<>())
              .merge(c.productId(), scaled, BigInteger::add);
        }
      }
    }
    scores.values().forEach(s -> s.values().removeIf(v -> v.signum() == 0));
    scores.values().removeIf(Map::isEmpty);
    findBeyond();
  }

  private List<Slice> slices(List<String> cut, Contribution c) {
    List<Slice> found = List.of(Slice.WHOLE_SHOP);
    for (String dimension : cut) {
      List<Slice> longer = new ArrayList<>();
      for (Slice slice : found) {
        for (String value : cards.values(dimension, c.productId(), c.buyer())) {
          longer.add(slice.with(dimension, value));
        }
      }
      found = longer;
    }
    return found;
  }

  private void findBeyond() {
    Map<String, TreeSet<String>> values = new HashMap<>();
    for (Slice slice : scores.keySet()) {
      slice
          .values()
          .forEach(
              (dimension, value) ->
                  values
                      .computeIfAbsent(dimension, d -> new TreeSet<>(CodePointOrder.INSTANCE))
                      .add(value));
    }
    values.forEach(
        (dimension, all) ->
            beyond.put(dimension, new HashSet<>(all.stream().skip(board.maxValues()).toList())));
  }

  boolean isBeyond(Slice slice) {
    return slice.values().entrySet().stream()
        .anyMatch(d -> beyond.getOrDefault(d.getKey(), Set.of()).contains(d.getValue()));
  }

  /** Values that are not listed, by dimension. */
  public Map<String, Set<String>> beyond() {
    return beyond;
  }

  /** The slices with organic entries. */
  public Set<Slice> listed() {
    Set<Slice> found = new HashSet<>();
    for (Slice slice : scores.keySet()) {
      if (!organic(slice).isEmpty()) {
        found.add(slice);
      }
    }
    return found;
  }

  /** The listing of a slice, also when it is empty. */
  public Expected listing(Slice slice) {
    List<Ranked.Organic> organic = organic(slice);
    Display own = display(slice, organic);
    Slice shows = organic.isEmpty() ? null : shows(slice, own.displayed().size());
    Display shown = shows == null ? own : display(shows, organic(shows));
    return new Expected(
        slice, t, Past.floor(t, board.step()), shows, organic, shown.displayed(), own.omitted());
  }

  /** Every listing with organic entries. */
  public Map<Slice, Expected> listings() {
    Map<Slice, Expected> all = new HashMap<>();
    listed().forEach(slice -> all.put(slice, listing(slice)));
    return all;
  }

  private Display display(Slice slice, List<Ranked.Organic> organic) {
    return new Display(board, slice, cards, rules, organic, t);
  }

  private List<Ranked.Organic> organic(Slice slice) {
    if (isBeyond(slice)) {
      return List.of();
    }
    Map<String, BigInteger> products = scores.getOrDefault(slice, Map.of());
    Map<String, List<String>> groups = new TreeMap<>();
    products.keySet().forEach(p -> groups.computeIfAbsent(group(p), g -> new ArrayList<>()).add(p));
    List<Ranked.Organic> entries = new ArrayList<>();
    for (List<String> members : groups.values()) {
      BigInteger sum = BigInteger.ZERO;
      for (String member : members) {
        sum = sum.add(Objects.requireNonNull(products.get(member)));
      }
      if (sum.signum() > 0) {
        entries.add(new Ranked.Organic(shownOf(members, products), sum));
      }
    }
    entries.sort(
        Comparator.comparing(Ranked.Organic::score)
            .reversed()
            .thenComparing(Ranked.Organic::productId, CodePointOrder.INSTANCE));
    return entries.stream().limit(2L * board.size()).toList();
  }

  /** As which product its group is shown; null when the group does not sell there. */
  @Nullable String shownAs(Slice slice, String product) {
    Map<String, BigInteger> sold = scores.getOrDefault(slice, Map.of());
    List<String> members =
        sold.keySet().stream().filter(p -> group(p).equals(group(product))).toList();
    BigInteger sum = BigInteger.ZERO;
    for (String member : members) {
      sum = sum.add(Objects.requireNonNull(sold.get(member)));
    }
    return sum.signum() > 0 ? shownOf(members, sold) : null;
  }

  /** Why a product stands where it does in a listing, or why it does not. */
  public Evidence evidence(Slice slice, String product) {
    return new Proof(board, this, slice, product).evidence(rules);
  }

  private String group(String product) {
    String rankBy = board.rankBy();
    String json = rankBy == null ? null : cards.member(product, rankBy);
    return json == null ? "product " + product : "group " + json;
  }

  private String shownOf(List<String> members, Map<String, BigInteger> products) {
    return members.stream()
        .min(
            Comparator.comparing((String p) -> !cards.isEligible(p))
                .thenComparing(
                    p -> Objects.requireNonNull(products.get(p)), Comparator.reverseOrder())
                .thenComparing(CodePointOrder.INSTANCE))
        .orElseThrow();
  }

  /** The slice whose entries stand in a thin category slice; null: its own. */
  private @Nullable Slice shows(Slice slice, int entries) {
    String category = slice.values().get("category");
    if (category == null || entries >= board.minEntries()) {
      return null;
    }
    List<Slice> chain = new ArrayList<>();
    Cards.ancestors(category).forEach(path -> chain.add(slice.with("category", path)));
    Slice without = slice.without("category");
    if (board.slices().stream()
        .anyMatch(cut -> Set.copyOf(cut).equals(without.values().keySet()))) {
      chain.add(without);
    }
    for (Slice parent : chain) {
      if (display(parent, organic(parent)).displayed().size() >= board.minEntries()) {
        return parent;
      }
    }
    return chain.isEmpty() ? null : chain.get(chain.size() - 1);
  }

  Cards cards() {
    return cards;
  }

  Past past() {
    return past;
  }

  Map<Slice, Map<String, BigInteger>> scores() {
    return scores;
  }

  Instant t() {
    return t;
  }

  List<SalesEvent> events() {
    return events;
  }

  Orders.Capped capped() {
    return orders.capped();
  }

  boolean isForeign(SalesEvent.OrderPlaced order) {
    return !orders.inCurrency(order.currency());
  }

  boolean sameGroup(String a, String b) {
    return board.rankBy() != null && group(a).equals(group(b));
  }

  public Set<String> products() {
    Set<String> products = new HashSet<>();
    scores.values().forEach(s -> products.addAll(s.keySet()));
    return products;
  }

  void watchDisplay(Slice slice, CaseWatch watch) {
    display(slice, organic(slice)).watch(watch);
    watch.note(
        Case.GROUPED,
        board.rankBy() != null
            && scores.getOrDefault(slice, Map.of()).keySet().stream()
                    .map(this::group)
                    .distinct()
                    .count()
                < scores.getOrDefault(slice, Map.of()).size());
  }

  void watchRules(CaseWatch watch, Instant before) {
    for (Rule rule : rules) {
      watch.note(
          Case.RULE_CAME_OR_WENT,
          rule.board().equals(board.name()) && rule.isValidAt(before) != rule.isValidAt(t));
    }
    boolean anyPin = rules.stream().anyMatch(r -> isPin(r));
    for (List<String> cut : board.slices()) {
      watch.note(Case.PIN_ON_EMPTY, anyPin && cut.isEmpty() && organic(Slice.WHOLE_SHOP).isEmpty());
    }
  }

  private boolean isPin(Rule rule) {
    return rule.action() == Rule.Action.PIN
        && rule.slice() == null
        && rule.board().equals(board.name())
        && rule.isValidAt(t)
        && cards.isEligible(rule.productId());
  }
}
