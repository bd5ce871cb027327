package io.podium.ranking.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.listing.CodePointOrder;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cards as they stand at T: members as JSON text, per product. */
final class Cards {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_VALUE = 200;

  /** Newest last; a tombstone before any text where two stamps are equal. */
  private static final Comparator<Member> NEWEST =
      Comparator.comparing(Member::stamp)
          .thenComparing(Member::json, Comparator.nullsFirst(CodePointOrder.INSTANCE));

  private final Map<String, Map<String, Member>> newest = new HashMap<>();
  private final Map<String, Stamp> removals = new HashMap<>();

  Cards(Collection<SalesEvent> events, Instant t) {
    for (SalesEvent event : events) {
      if (event instanceof SalesEvent.CardChange change && !event.meta().time().isAfter(t)) {
        String product = change.change().productId();
        Stamp removed = change.change().removed();
        if (removed != null) {
          removals.merge(product, removed, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        Map<String, Member> members = newest.computeIfAbsent(product, p -> new HashMap<>());
        change
            .change()
            .members()
            .forEach(
                (name, m) -> members.merge(name, m, (a, b) -> NEWEST.compare(a, b) >= 0 ? a : b));
      }
    }
    removals.forEach(
        (product, stamp) ->
            newest
                .getOrDefault(product, Map.of())
                .values()
                .removeIf(m -> m.stamp().compareTo(stamp) <= 0));
  }

  /** The member's JSON text; null when it is not set. */
  @Nullable String member(String product, String name) {
    Member member = newest.getOrDefault(product, Map.of()).get(name);
    return member == null ? null : member.json();
  }

  boolean isRemoved(String product) {
    return removals.containsKey(product) && newest.getOrDefault(product, Map.of()).isEmpty();
  }

  boolean isBroughtBack(String product) {
    return removals.containsKey(product) && !isRemoved(product);
  }

  boolean hasTombstone(String product) {
    return newest.getOrDefault(product, Map.of()).values().stream().anyMatch(m -> m.json() == null);
  }

  boolean isEligible(String product) {
    String stock = member(product, "stock");
    boolean soldOut =
        stock != null && parse(stock).isNumber() && new BigDecimal(stock).signum() == 0;
    return !isRemoved(product)
        && !soldOut
        && !"false".equals(member(product, "onSale"))
        && !"true".equals(member(product, "recalled"));
  }

  /** The values under which a sale of the product to the buyer counts; none: in no slice. */
  List<String> values(String dimension, String product, Buyer buyer) {
    if (dimension.startsWith("buyer.")) {
      String value = buyer.attributes().get(dimension.substring("buyer.".length()));
      return value == null ? List.of() : usable(value);
    }
    String json = member(product, dimension);
    if (json == null) {
      return List.of();
    }
    JsonNode node = parse(json);
    if (dimension.equals("category")) {
      return node.isTextual() ? withAncestors(usable(node.textValue())) : List.of();
    }
    if (node.isTextual()) {
      return usable(node.textValue());
    }
    return node.isNumber() || node.isBoolean() ? usable(json) : List.of();
  }

  private static List<String> usable(String value) {
    return value.isEmpty() || value.length() > LONGEST_VALUE ? List.of() : List.of(value);
  }

  private static List<String> withAncestors(List<String> paths) {
    List<String> all = new ArrayList<>(paths);
    for (String path : paths) {
      all.addAll(ancestors(path));
    }
    return all;
  }

  /** Nearest first. */
  static List<String> ancestors(String path) {
    List<String> found = new ArrayList<>();
    for (int i = path.length() - 1; i > 0; i--) {
      if (path.charAt(i) == '/') {
        found.add(path.substring(0, i));
      }
    }
    return found;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
