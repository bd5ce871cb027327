package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Dimensions;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.Evidence.Reason;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the {@link Evidence} of one product in one listing. Nothing is kept for it while events
 * are counted: it goes through all remembered orders, about a tenth of a second for each million.
 */
final class Inquiry {
  private final BoardRanking board;
  private final Stores stores;
  private final Slice slice;
  private final String productId;
  private final int product;
  private long orders;
  private long net;
  private long cancelled;
  private long capped;
  private final Set<List<Long>> buyers = new HashSet<>();

  Inquiry(BoardRanking board, Stores stores, Slice slice, String productId) {
    this.board = board;
    this.stores = stores;
    this.slice = slice;
    this.productId = productId;
    this.product = stores.products.find(productId);
  }

  Evidence evidence() {
    Ranked listing = board.rank(slice);
    Order order = new Order();
    if (product >= 0) {
      stores.book.forEachPlacementOf(product, placement -> count(placement, order));
    }
    int displayed = displayedRank(listing);
    BigInteger score = product < 0 ? BigInteger.ZERO : board.standings.score(slice, product);
    List<Rule> rules = rules(listing.asOf());
    return new Evidence(
        new ListingKey(board.board.name(), slice),
        productId,
        listing.asOf(),
        organicRank(listing),
        displayed,
        score,
        orders,
        net,
        cancelled,
        capped,
        buyers.size(),
        rules,
        isEligible(),
        displayed > 0 ? null : reason(rules));
  }

  private void count(long placement, Order order) {
    stores.book.view(placement, order);
    if (!board.counting.counts(order) || !isOfSlice(order.profile())) {
      return;
    }
    for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
      if (order.product(line) == product) {
        long left = Scoring.remaining(order, line, order.runEnd(line));
        long counts = board.counting.counted(order, line);
        for (int i = line; i < order.runEnd(line); i++) {
          cancelled += order.quantity(i);
        }
        cancelled -= left;
        capped += left - counts;
        net += counts;
        orders += counts > 0 ? 1 : 0;
        if (counts > 0 && order.hasBuyer()) {
          buyers.add(List.of(order.buyerHi(), order.buyerLo()));
        }
      }
    }
  }

  private boolean isOfSlice(int profile) {
    for (Map.Entry<String, String> cut : slice.values().entrySet()) {
      int i = stores.profiles.dimensions.indexOf(cut.getKey());
      if (i >= 0 && !stores.profiles.values(profile).get(i).equals(cut.getValue())) {
        return false;
      }
    }
    return true;
  }

  private int organicRank(Ranked listing) {
    for (int i = 0; i < listing.organic().size(); i++) {
      if (listing.organic().get(i).productId().equals(productId)) {
        return i + 1;
      }
    }
    return 0;
  }

  private int displayedRank(Ranked listing) {
    for (int i = 0; i < listing.displayed().size(); i++) {
      if (listing.displayed().get(i).productId().equals(productId)) {
        return i + 1;
      }
    }
    return 0;
  }

  private List<Rule> rules(Instant t) {
    return board.rulesAt(t).stream()
        .filter(r -> r.productId().equals(productId))
        .filter(r -> r.slice() == null || r.slice().equals(slice))
        .toList();
  }

  private @Nullable Card card() {
    return board.cards().get(product);
  }

  private boolean isEligible() {
    Card card = card();
    return card == null || card.isEligible();
  }

  private boolean belongsHere() {
    for (Map.Entry<String, String> cut : slice.values().entrySet()) {
      if (!Dimensions.isOfBuyer(cut.getKey())
          && !Dimensions.values(card(), cut.getKey()).contains(cut.getValue())) {
        return false;
      }
    }
    return board.lists(slice);
  }

  private Reason reason(List<Rule> rules) {
    if (!belongsHere()) {
      return Reason.NOT_IN_SLICE;
    }
    if (!isEligible()) {
      return Reason.INELIGIBLE;
    }
    if (rules.stream().anyMatch(r -> r.action() == Rule.Action.HIDE)) {
      return Reason.HIDDEN;
    }
    String shown = product < 0 ? null : board.standings.shownAs(slice, product);
    if (shown == null) {
      return Reason.NO_SALES;
    }
    return shown.equals(productId) ? Reason.BELOW_THE_CUT : Reason.SHOWN_AS_ANOTHER;
  }
}
