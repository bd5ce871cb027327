package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.Evidence;
import io.podium.ranking.core.Evidence.Reason;
import io.podium.ranking.evidence.EvidenceKeeper;
import io.podium.ranking.evidence.EvidenceKeeper.Kept;
import io.podium.ranking.rules.Hold;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.rules.RuleJson;
import io.podium.ranking.stream.Await;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code GET /admin/v1/evidence/{board}/{productId}?category=…}: why a product stands where it
 * does, or why it does not: in what is shown now, or was ({@code epoch}, {@code at}).
 */
final class EvidenceApi implements Route {
  /** Of a past epoch: it had no rule, and was not among the products whose evidence is kept. */
  private static final String NOT_RANKED = "not-ranked";

  private final RuleBook book;
  private final CoreQuestions core;
  private final Listed listed;
  private final EvidenceKeeper kept;
  private final Past past;

  EvidenceApi(RuleBook book, CoreQuestions core, Listed listed, EvidenceKeeper kept, Past past) {
    this.book = book;
    this.core = core;
    this.listed = listed;
    this.kept = kept;
    this.past = past;
  }

  @Override
  public Answer answer(Call call) throws Refusal {
    List<String> parts = call.parts();
    if (!call.method().equals("GET")) {
      throw Refusal.method("GET");
    }
    if (parts.size() != 2 || parts.get(1).isEmpty()) {
      throw Refusal.missing("allowed: " + Desk.EVIDENCE + "/{board}/{productId}");
    }
    ListingKey key = listed.key(parts.get(0), call, "at", "epoch");
    Instant at = Listed.instant(call, "at");
    long epoch = Listed.number(call, "epoch", 0, 0, Long.MAX_VALUE);
    Board board = listed.board(key.board());
    String product = parts.get(1);
    if (epoch > 0 && at != null) {
      throw Refusal.bad("at", "epoch or at, not both");
    }
    if (epoch > 0) {
      return Answer.json(then(ofEpoch(key, epoch), key, product, board));
    }
    if (at != null) {
      return Answer.json(then(asOf(key, at), key, product, board));
    }
    Hold hold = book.holds().get(key);
    if (hold != null) {
      return Answer.json(then(ofHeld(hold.listing()), key, product, board));
    }
    Evidence e = Await.on(core.ask(c -> c.evidence(key, product)), Desk.DEADLINE);
    return Answer.json(json(e, board));
  }

  private Kept ofEpoch(ListingKey key, long epoch) throws Refusal {
    Optional<Kept> found = kept.find(key, epoch);
    if (found.isPresent()) {
      return found.get();
    }
    Listing listing =
        past.epoch(key, epoch)
            .orElseThrow(() -> Refusal.missing("epoch: " + epoch + " is not kept"));
    String nearest =
        of(listing).map(k -> "; the nearest before with evidence is " + k.epoch()).orElse("");
    throw Refusal.missing("epoch: no evidence was kept of " + epoch + nearest);
  }

  private Kept asOf(ListingKey key, Instant at) throws Refusal {
    return past.asOf(key, at)
        .map(this::of)
        .orElseGet(() -> kept.findAsOf(key, at))
        .orElseThrow(() -> Refusal.missing("at: kept evidence does not reach back to it"));
  }

  /** What is ranked is not shown then. */
  private Kept ofHeld(Listing shown) throws Refusal {
    return of(shown)
        .orElseThrow(
            () -> Refusal.missing("it is held, and no evidence was kept of what is shown"));
  }

  /**
   * Of what an epoch shows, or the nearest before. Content that was put back has the evidence of
   * the epoch in which it was shown first.
   */
  private Optional<Kept> of(Listing shown) {
    ListingKey key = shown.key();
    return kept.find(key, shown.epoch())
        .or(
            () ->
                past.asOf(key, shown.asOf())
                    .filter(first -> first.hash().equals(shown.hash()))
                    .flatMap(first -> kept.find(key, first.epoch())))
        .or(() -> kept.findAsOf(key, shown.asOf()));
  }

  private static ObjectNode then(Kept then, ListingKey key, String product, Board board) {
    for (Evidence e : then.entries()) {
      if (e.productId().equals(product)) {
        return json(e, board).put("epoch", then.epoch());
      }
    }
    ObjectNode json = begin(key, product, then.asOf()).put("epoch", then.epoch());
    json.put("listed", false);
    rank(json, "organicRank", 0);
    rank(json, "displayedRank", 0);
    List<Reason> possible = possible(then, key, board);
    if (possible.equals(List.of(Reason.NO_SALES))) {
      json.put("reason", word(Reason.NO_SALES));
    } else {
      ArrayNode oneOf = json.put("reason", NOT_RANKED).putArray("oneOf");
      possible.forEach(r -> oneOf.add(word(r)));
    }
    json.putArray("rules");
    return json;
  }

  /**
   * What may have kept out a product of which nothing was kept. Its card and sales of then are not
   * known, but all ranked are, unless they were more than are kept.
   */
  private static List<Reason> possible(Kept then, ListingKey key, Board board) {
    long ranked = then.entries().stream().filter(e -> e.organicRank() > 0).count();
    List<Reason> possible = new ArrayList<>();
    if (key.slice().values().keySet().stream().anyMatch(d -> !Dimensions.isOfBuyer(d))) {
      possible.add(Reason.NOT_IN_SLICE);
    }
    possible.add(Reason.NO_SALES);
    if (board.rankBy() != null) {
      possible.add(Reason.SHOWN_AS_ANOTHER);
    }
    if (ranked >= 2L * board.size()) {
      possible.add(Reason.BELOW_THE_CUT);
    }
    return possible;
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ObjectNode begin(ListingKey key, String product, Instant asOf) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("board", key.board());
    ObjectNode slice = json.putObject("slice");
    key.slice().values().forEach(slice::put);
    return json.put("productId", product).put("asOf", asOf.toString());
  }

  private static ObjectNode json(Evidence e, Board board) {
    ObjectNode json = begin(e.key(), e.productId(), e.asOf());
    json.put("listed", e.displayedRank() > 0);
    rank(json, "organicRank", e.organicRank());
    rank(json, "displayedRank", e.displayedRank());
    json.put("score", Scores.shown(e.score(), shift(board)));
    json.put("netUnits", e.netUnits()).put("orders", e.orders());
    json.put("cancelledUnits", e.cancelledUnits()).put("cappedUnits", e.cappedUnits());
    json.put("buyers", e.buyers()).put("eligible", e.eligible());
    if (e.reason() != null) {
      json.put("reason", word(e.reason()));
    }
    ArrayNode rules = json.putArray("rules");
    e.rules().forEach(r -> rules.add(RuleJson.of(r)));
    return json;
  }

  private static void rank(ObjectNode json, String member, int rank) {
    if (rank > 0) {
      json.put(member, rank);
    } else {
      json.putNull(member);
    }
  }

  static int shift(Board board) {
    return board.window() instanceof Window.HalfLife ? 40 : 0;
  }
}
