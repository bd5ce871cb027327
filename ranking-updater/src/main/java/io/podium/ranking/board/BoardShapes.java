package io.podium.ranking.board;

import io.podium.config.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of a board that have a shape of their own: score, slices, diversity. */
final class BoardShapes {
  private static final int MAX_DIMENSIONS = 8;
  private static final int MAX_SLICES = 64;
  private static final int MAX_WEIGHTS = 64;
  private static final long MAX_WEIGHT = 1_000_000_000L;
  private static final String MEMBER = "[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]{0,63}";
  private static final Pattern CARD_MEMBER = Pattern.compile(MEMBER);
  private static final Pattern DIMENSION = Pattern.compile("(buyer\\.)?" + MEMBER);

  /** Events that say nothing that could be weighed by itself. */
  private static final Set<String> WEIGHTLESS =
      Set.of("product.upserted", "product.patched", "product.removed", "order.cancelled");

  /** Query parameters of a page, which no dimension can have. */
  private static final Set<String> PARAMETERS = Set.of("size", "cursor");

  private BoardShapes() {}

  static boolean isMember(String name) {
    return CARD_MEMBER.matcher(name).matches();
  }

  static Score score(Section s) {
    Object raw = s.raw("score");
    if (raw instanceof Map<?, ?> weights) {
      return weights(s, weights);
    }
    return switch (String.valueOf(raw)) {
      case "units" -> new Score.Units();
      case "orders" -> new Score.Orders();
      case "revenue" -> new Score.Revenue();
      default ->
          throw s.refuse(
              "score",
              "units, orders, revenue, or weights by event type, as"
                  + " {order.placed: 10, product.viewed: 1}");
    };
  }

  private static Score weights(Section s, Map<?, ?> raw) {
    if (raw.isEmpty() || raw.size() > MAX_WEIGHTS) {
      throw s.refuse("score", "1 to " + MAX_WEIGHTS + " event types with a weight");
    }
    Map<String, Long> byType = new HashMap<>();
    raw.forEach(
        (key, value) -> {
          String type = String.valueOf(key);
          Long weight = whole(value);
          if (WEIGHTLESS.contains(type) || type.isEmpty() || type.length() > 200) {
            throw s.refuse(
                "score", "a weight for any event type but " + String.join(", ", sorted()));
          }
          if (weight == null || weight < 1 || weight > MAX_WEIGHT) {
            throw s.refuse("score", "as weight of " + type + " a whole number from 1 to 10^9");
          }
          byType.put(type, weight);
        });
    return new Score.Weights(byType);
  }

  private static List<String> sorted() {
    return WEIGHTLESS.stream().sorted().toList();
  }

  private static @Nullable Long whole(@Nullable Object value) {
    return value instanceof Integer || value instanceof Long
        ? Long.valueOf(((Number) value).longValue())
        : null;
  }

  static List<List<String>> slices(Section s) {
    if (!(s.raw("slices") instanceof List<?> raw) || raw.isEmpty() || raw.size() > MAX_SLICES) {
      throw s.refuse(
          "slices", "a list of 1 to " + MAX_SLICES + " lists of dimensions, as [[], [category]]");
    }
    List<List<String>> slices = new ArrayList<>();
    Set<Set<String>> distinct = new HashSet<>();
    Map<String, String> parameters = new HashMap<>();
    for (Object cut : raw) {
      List<String> dimensions = dimensions(s, cut);
      if (!distinct.add(Set.copyOf(dimensions))) {
        throw s.refuse("slices", "each slice once, but " + dimensions + " stands twice");
      }
      for (String dimension : dimensions) {
        checkParameter(s, dimension, parameters);
      }
      slices.add(dimensions);
    }
    return slices;
  }

  private static List<String> dimensions(Section s, @Nullable Object cut) {
    if (!(cut instanceof List<?> names) || names.size() > MAX_DIMENSIONS) {
      throw s.refuse("slices", "in each slice a list of up to " + MAX_DIMENSIONS + " dimensions");
    }
    List<String> dimensions = new ArrayList<>();
    for (Object name : names) {
      if (!(name instanceof String text)
          || !DIMENSION.matcher(text).matches()
          || text.equals("buyer.id")) {
        throw s.refuse(
            "slices",
            "as dimension a card member (category) or a buyer's attribute (buyer.ageGroup), not "
                + name);
      }
      if (dimensions.contains(text)) {
        throw s.refuse("slices", "each dimension of a slice once, but " + text + " stands twice");
      }
      dimensions.add(text);
    }
    return dimensions;
  }

  /** The query parameter is the last part of the name: it must tell which dimension is meant. */
  private static void checkParameter(Section s, String dimension, Map<String, String> parameters) {
    String parameter = Dimensions.parameter(dimension);
    if (PARAMETERS.contains(parameter)) {
      throw s.refuse("slices", "no dimension " + dimension + ": it is another query parameter");
    }
    String other = parameters.putIfAbsent(parameter, dimension);
    if (other != null && !other.equals(dimension)) {
      throw s.refuse(
          "slices", "last parts of names that differ, unlike " + other + " and " + dimension);
    }
  }

  static Board.@Nullable Diversity diversity(Section s) {
    Object raw = s.raw("diversity");
    if (raw == null) {
      return null;
    }
    String allowed = "a card member with its limit, and within, as {brand: 3, within: 10}";
    if (!(raw instanceof Map<?, ?> map) || map.size() != 2 || !map.containsKey("within")) {
      throw s.refuse("diversity", allowed);
    }
    String member = "";
    int limit = 0;
    for (Map.Entry<?, ?> e : map.entrySet()) {
      if (!"within".equals(e.getKey())) {
        member = String.valueOf(e.getKey());
        limit = places(e.getValue());
      }
    }
    int within = places(map.get("within"));
    if (!isMember(member) || limit == 0 || within == 0) {
      throw s.refuse("diversity", allowed + ", each from 1 to 1000");
    }
    return new Board.Diversity(member, limit, within);
  }

  static Board.@Nullable Guard guard(Section s, int size) {
    if (!s.has("guard")) {
      return null;
    }
    Section g = s.section("guard");
    Board.Guard guard =
        new Board.Guard(
            share(g, "lose"),
            (int) g.integer("top", Math.min(10, size), 1, size),
            share(g, "change"));
    g.done();
    return guard;
  }

  private static double share(Section g, String key) {
    Object raw = g.raw(key);
    double share = raw == null ? 0.5 : raw instanceof Number n ? n.doubleValue() : Double.NaN;
    if (!(share > 0 && share <= 1)) {
      throw g.refuse(key, "a share above 0 and up to 1, as 0.5");
    }
    return share;
  }

  /** 1 to 1,000; 0 for anything else. */
  private static int places(@Nullable Object value) {
    Long places = whole(value);
    return places == null || places < 1 || places > 1_000 ? 0 : places.intValue();
  }
}
