package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Dimensions;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.Evidence.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link Evidence} of products in one listing, once their units are counted. Nothing is
 * kept for it while events are counted.
 */
final class Inquiry {
  private final BoardRanking board;
  private final Stores stores;
  private final Slice slice;
  private final Ranked listing;
  private final List<Rule> rules;
  private final Map<String, Integer> organic = new HashMap<>();
  private final Map<String, Integer> displayed = new HashMap<>();

  private Inquiry(BoardRanking board, Stores stores, Slice slice, Ranked listing) {
    this.board = board;
    this.stores = stores;
    this.slice = slice;
    this.listing = listing;
    this.rules =
        board.rulesAt(listing.asOf()).stream()
            .filter(r -> r.slice() == null || r.slice().equals(slice))
            .toList();
    listing.organic().forEach(o -> organic.put(o.productId(), organic.size() + 1));
    listing.displayed().forEach(d -> displayed.put(d.productId(), displayed.size() + 1));
  }

  /** Of one product. */
  static Evidence of(BoardRanking board, Stores stores, Slice slice, String productId) {
    Inquiry inquiry = new Inquiry(board, stores, slice, board.rank(slice));
    Survey survey = new Survey(board, stores);
    UnitCounts counts = survey.of(slice, productId);
    survey.run();
    return inquiry.evidence(productId, counts);
  }

  /** Of all that is displayed, ranked or ruled in each of the listings, which count as returned. */
  static List<Ranked> of(BoardRanking board, Stores stores, Collection<Slice> slices) {
    Survey survey = new Survey(board, stores);
    Map<Inquiry, Map<String, UnitCounts>> asked = new LinkedHashMap<>();
    for (Slice slice : slices) {
      Inquiry inquiry = new Inquiry(board, stores, slice, board.rankAsReturned(slice));
      Map<String, UnitCounts> counts = new LinkedHashMap<>();
      inquiry.products().forEach(p -> counts.put(p, survey.of(slice, p)));
      asked.put(inquiry, counts);
    }
    survey.run();
    List<Ranked> proven = new ArrayList<>();
    asked.forEach(
        (inquiry, counts) -> {
          List<Evidence> all = new ArrayList<>();
          counts.forEach((product, c) -> all.add(inquiry.evidence(product, c)));
          proven.add(inquiry.listing.with(all));
        });
    return proven;
  }

  private Set<String> products() {
    Set<String> all = new LinkedHashSet<>();
    listing.displayed().forEach(d -> all.add(d.productId()));
    listing.organic().forEach(o -> all.add(o.productId()));
    rules.forEach(r -> all.add(r.productId()));
    return all;
  }

  private Evidence evidence(String productId, UnitCounts counts) {
    int product = stores.products.find(productId);
    int shown = displayed.getOrDefault(productId, 0);
    List<Rule> own = rules.stream().filter(r -> r.productId().equals(productId)).toList();
    return new Evidence(
        new ListingKey(board.board.name(), slice),
        productId,
        listing.asOf(),
        organic.getOrDefault(productId, 0),
        shown,
        product < 0 ? BigInteger.ZERO : board.standings.score(slice, product),
        counts.orders,
        counts.net,
        counts.cancelled,
        counts.capped,
        counts.buyers(),
        own,
        isEligible(product),
        shown > 0 ? null : reason(productId, product, own));
  }

  private @Nullable Card card(int product) {
    return board.cards().get(product);
  }

  private boolean isEligible(int product) {
    Card card = card(product);
    return card == null || card.isEligible();
  }

  private boolean belongsHere(int product) {
    for (Map.Entry<String, String> cut : slice.values().entrySet()) {
      if (!Dimensions.isOfBuyer(cut.getKey())
          && !Dimensions.values(card(product), cut.getKey()).contains(cut.getValue())) {
        return false;
      }
    }
    return board.lists(slice);
  }

  private Reason reason(String productId, int product, List<Rule> own) {
    if (!belongsHere(product)) {
      return Reason.NOT_IN_SLICE;
    }
    if (!isEligible(product)) {
      return Reason.INELIGIBLE;
    }
    if (own.stream().anyMatch(r -> r.action() == Rule.Action.HIDE)) {
      return Reason.HIDDEN;
    }
    String shown = product < 0 ? null : board.standings.shownAs(slice, product);
    if (shown == null) {
      return Reason.NO_SALES;
    }
    return shown.equals(productId) ? Reason.BELOW_THE_CUT : Reason.SHOWN_AS_ANOTHER;
  }
}
