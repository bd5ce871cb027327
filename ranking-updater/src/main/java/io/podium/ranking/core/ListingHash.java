package io.podium.ranking.core;

import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Score;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.Ranked.Organic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the content of a listing: hex SHA-256 of the RFC 8785 JSON {@code
 * {"at":…,"definition":…,"organic":[["P1","532"],…],"slice":…}} (DESIGN 4.2).
 *
 * <p>The definition is the board's mapping in the configuration with its defaults filled in:
 * durations as {@link java.time.Duration#toString} prints them ({@code P1D} is {@code PT24H}), keys
 * that have no default and are not set left out. Neither the board's name and titles nor how pages
 * are kept and who may see them ({@code cursorTtl}, {@code staleIfError}, {@code shadow}) are part
 * of it.
 */
public final class ListingHash {
  private final Board board;
  private final String definition;

  /** Of the listings of that board. */
  public ListingHash(Board board) {
    this.board = board;
    this.definition = json(board);
  }

  /**
   * @param at floor(T, step)
   * @param organic best first; the first 2 x size are hashed
   */
  public String of(Slice slice, Instant at, List<Organic> organic) {
    StringBuilder json = new StringBuilder(64 + 32 * organic.size());
    json.append("{\"at\":");
    CanonicalJson.append(at.toString(), json);
    json.append(",\"definition\":").append(definition).append(",\"organic\":[");
    int kept = Math.min(organic.size(), 2 * board.size());
    for (int i = 0; i < kept; i++) {
      Organic entry = organic.get(i);
      json.append(i == 0 ? "[" : ",[");
      CanonicalJson.append(entry.productId(), json);
      json.append(",\"").append(entry.score()).append("\"]");
    }
    json.append("],\"slice\":");
    CanonicalJson.append(slice.values(), json);
    return sha256(json.append('}'));
  }

  /** The hash of the definition alone: tells whether a board is still the same. */
  public static String definition(Board board) {
    return sha256(json(board));
  }

  private static String json(Board board) {
    StringBuilder json = new StringBuilder();
    CanonicalJson.append(members(board), json);
    return json.toString();
  }

  private static Map<String, Object> members(Board board) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("score", score(board.score()));
    window(board.window(), members);
    members.put("step", board.step().toString());
    members.put("clock", board.eventClock() ? "event" : "wall");
    members.put("publishEvery", board.publishEvery().toString());
    members.put("size", board.size());
    members.put("slices", board.slices());
    if (board.currency() != null) {
      members.put("currency", board.currency());
    }
    Board.BuyerCap cap = board.buyerCap();
    if (cap != null) {
      members.put("buyerCap", Map.of("units", cap.units(), "per", cap.per().toString()));
    }
    Board.Diversity diversity = board.diversity();
    if (diversity != null) {
      members.put(
          "diversity", Map.of(diversity.member(), diversity.limit(), "within", diversity.within()));
    }
    if (board.rankBy() != null) {
      members.put("rankBy", board.rankBy());
    }
    if (board.minEntries() > 0) {
      members.put("minEntries", board.minEntries());
    }
    members.put("maxValues", board.maxValues());
    members.put("movementBy", board.movementBy().toString());
    members.put("expose", board.exposeScore() ? List.of("score") : List.of());
    return members;
  }

  private static Object score(Score score) {
    if (score instanceof Score.Weights weights) {
      return weights.byType();
    }
    if (score instanceof Score.Revenue) {
      return "revenue";
    }
    return score instanceof Score.Orders ? "orders" : "units";
  }

  private static void window(Window window, Map<String, Object> members) {
    if (window instanceof Window.Sliding sliding) {
      members.put("window", sliding.length().toString());
    } else if (window instanceof Window.Today today) {
      members.put("window", "today");
      members.put("zone", today.zone().getId());
    } else if (window instanceof Window.HalfLife halfLife) {
      members.put("halfLife", halfLife.halfLife().toString());
    }
  }

  private static String sha256(CharSequence json) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(json.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
