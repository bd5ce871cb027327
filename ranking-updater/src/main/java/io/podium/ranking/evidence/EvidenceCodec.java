package io.podium.ranking.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.codec.Frame;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.RuleException;
import io.podium.ranking.board.RuleParser;
import io.podium.ranking.core.Evidence;
import io.podium.ranking.core.Evidence.Reason;
import io.podium.ranking.rules.RuleJson;
import io.podium.store.StoreException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one listing as it is stored: rules once, with author and reason; of each product
 * a row {@code [id, organic rank, displayed rank, score, orders, net, cancelled, capped, buyers,
 * eligible, reason, [rules]]}.
 */
public final class EvidenceCodec {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvidenceCodec() {}

  /**
   * @param all of one listing and moment; not empty
   */
  public static byte[] encode(List<Evidence> all) {
    ObjectNode json = JSON.createObjectNode().put("asOf", all.get(0).asOf().toString());
    List<Rule> rules = all.stream().flatMap(e -> e.rules().stream()).distinct().toList();
    ArrayNode told = json.putArray("rules");
    rules.forEach(r -> told.add(RuleJson.of(r)));
    ArrayNode rows = json.putArray("rows");
    for (Evidence e : all) {
      ArrayNode row = rows.addArray().add(e.productId());
      row.add(e.organicRank()).add(e.displayedRank()).add(e.score());
      row.add(e.orders()).add(e.netUnits()).add(e.cancelledUnits()).add(e.cappedUnits());
      row.add(e.buyers()).add(e.eligible() ? 1 : 0);
      Reason reason = e.reason();
      row.add(reason == null ? "" : reason.name());
      ArrayNode own = row.addArray();
      e.rules().forEach(r -> own.add(rules.indexOf(r)));
    }
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    return Frame.write(Frame.EVIDENCE, VERSION, VERSION, body);
  }

  /**
   * @throws StoreException CORRUPT when the bytes are nothing that {@link #encode} made
   */
  public static List<Evidence> decode(ListingKey key, byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(Frame.read(Frame.EVIDENCE, VERSION, bytes).body());
      List<Rule> rules =
          RuleParser.parse(json.path("rules").toString().getBytes(StandardCharsets.UTF_8));
      Instant asOf = Instant.parse(json.path("asOf").asText());
      List<Evidence> all = new ArrayList<>();
      for (JsonNode row : json.path("rows")) {
        all.add(evidence(key, asOf, rules, row));
      }
      return all;
    } catch (IOException | RuleException | IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Kind.CORRUPT, "kept evidence is not readable: " + e.getMessage(), e);
    }
  }

  private static Evidence evidence(ListingKey key, Instant asOf, List<Rule> rules, JsonNode row) {
    List<Rule> own = new ArrayList<>();
    row.path(11).forEach(i -> own.add(rules.get(i.intValue())));
    String reason = row.path(10).asText();
    @Nullable Reason why = reason.isEmpty() ? null : Reason.valueOf(reason);
    BigInteger score = row.path(3).bigIntegerValue();
    return new Evidence(
        key,
        row.path(0).asText(),
        asOf,
        row.path(1).intValue(),
        row.path(2).intValue(),
        score,
        row.path(4).longValue(),
        row.path(5).longValue(),
        row.path(6).longValue(),
        row.path(7).longValue(),
        row.path(8).longValue(),
        List.copyOf(own),
        row.path(9).intValue() == 1,
        why);
  }
}
