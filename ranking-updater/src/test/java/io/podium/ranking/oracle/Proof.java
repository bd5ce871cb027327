package io.podium.ranking.oracle;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.Score;
import io.podium.ranking.core.Evidence;
import io.podium.ranking.core.Evidence.Reason;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Why one product stands where it does in one listing, from all accepted events. */
final class Proof {
  private final Board board;
  private final View view;
  private final Slice slice;
  private final String product;
  private final Set<String> orders = new HashSet<>();
  private final Set<String> buyers = new HashSet<>();
  private long net;
  private long cancelled;
  private long capped;

  Proof(Board board, View view, Slice slice, String product) {
    this.board = board;
    this.view = view;
    this.slice = slice;
    this.product = product;
  }

  Evidence evidence(List<Rule> rules) {
    if (!(board.score() instanceof Score.Weights w)
        || w.byType().getOrDefault("order.placed", 0L) != 0) {
      Orders.standing(view.events()).values().forEach(this::count);
    }
    Expected listing = view.listing(slice);
    int displayed = 0;
    for (int i = listing.displayed().size(); i > 0; i--) {
      displayed = listing.displayed().get(i - 1).productId().equals(product) ? i : displayed;
    }
    int organic = 0;
    for (int i = listing.organic().size(); i > 0; i--) {
      organic = listing.organic().get(i - 1).productId().equals(product) ? i : organic;
    }
    List<Rule> own =
        rules.stream()
            .filter(r -> r.board().equals(board.name()) && r.isValidAt(view.t()))
            .filter(r -> r.productId().equals(product))
            .filter(r -> r.slice() == null || r.slice().equals(slice))
            .toList();
    return new Evidence(
        new ListingKey(board.name(), slice),
        product,
        view.t(),
        organic,
        displayed,
        sold().getOrDefault(product, BigInteger.ZERO),
        orders.size(),
        net,
        cancelled,
        capped,
        buyers.size(),
        own,
        view.cards().isEligible(product),
        displayed > 0 ? null : reason(own));
  }

  private Map<String, BigInteger> sold() {
    return view.scores().getOrDefault(slice, Map.of());
  }

  private void count(OrderPlaced order) {
    if (!view.past().holds(order.meta().time()) || view.isForeign(order) || !isOfSlice(order)) {
      return;
    }
    long[] left = Orders.net(order, view.events());
    for (int i = 0; i < left.length; i++) {
      SalesEvent.Line line = order.lines().get(i);
      if (line.productId().equals(product)) {
        long counts =
            Objects.requireNonNull(view.capped().counted().get(List.of(order.orderId(), i)));
        net += counts;
        capped += left[i] - counts;
        cancelled += line.quantity() - left[i];
        if (counts > 0) {
          orders.add(order.orderId());
          String buyer = order.buyer().id();
          if (buyer != null) {
            buyers.add(buyer);
          }
        }
      }
    }
  }

  private boolean isOfSlice(OrderPlaced order) {
    return slice.values().entrySet().stream()
        .filter(d -> d.getKey().startsWith("buyer."))
        .allMatch(
            d -> view.cards().values(d.getKey(), product, order.buyer()).contains(d.getValue()));
  }

  private Reason reason(List<Rule> rules) {
    boolean inSlice =
        slice.values().entrySet().stream()
            .filter(d -> !d.getKey().startsWith("buyer."))
            .allMatch(
                d ->
                    view.cards()
                        .values(d.getKey(), product, SalesEvent.Buyer.UNKNOWN)
                        .contains(d.getValue()));
    if (!inSlice || view.isBeyond(slice)) {
      return Reason.NOT_IN_SLICE;
    }
    if (!view.cards().isEligible(product)) {
      return Reason.INELIGIBLE;
    }
    if (rules.stream().anyMatch(r -> r.action() == Rule.Action.HIDE)) {
      return Reason.HIDDEN;
    }
    String shown = view.shownAs(slice, product);
    if (shown == null) {
      return Reason.NO_SALES;
    }
    return shown.equals(product) ? Reason.BELOW_THE_CUT : Reason.SHOWN_AS_ANOTHER;
  }
}
