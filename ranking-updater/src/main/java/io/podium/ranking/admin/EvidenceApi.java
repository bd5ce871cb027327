package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.Evidence;
import io.podium.ranking.stream.Await;
import java.util.List;
import java.util.Locale;

/**
 * {@code GET /admin/v1/evidence/{board}/{productId}?category=…}: why a product stands where it
 * does, or why it does not, as of now.
 */
final class EvidenceApi implements Route {
  private final CoreQuestions core;
  private final Listed listed;

  EvidenceApi(CoreQuestions core, Listed listed) {
    this.core = core;
    this.listed = listed;
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
    ListingKey key = listed.key(parts.get(0), call);
    String product = parts.get(1);
    Evidence e = Await.on(core.ask(c -> c.evidence(key, product)), Desk.DEADLINE);
    return Answer.json(json(e, listed.board(key.board())));
  }

  private static ObjectNode json(Evidence e, Board board) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("board", e.key().board());
    ObjectNode slice = json.putObject("slice");
    e.key().slice().values().forEach(slice::put);
    json.put("productId", e.productId()).put("asOf", e.asOf().toString());
    json.put("listed", e.displayedRank() > 0);
    rank(json, "organicRank", e.organicRank());
    rank(json, "displayedRank", e.displayedRank());
    json.put("score", Scores.shown(e.score(), shift(board)));
    json.put("netUnits", e.netUnits()).put("orders", e.orders());
    json.put("cancelledUnits", e.cancelledUnits()).put("cappedUnits", e.cappedUnits());
    json.put("buyers", e.buyers()).put("eligible", e.eligible());
    if (e.reason() != null) {
      json.put("reason", e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
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
