package io.podium.ranking.core;

import io.podium.listing.CodePointOrder;
import io.podium.ranking.event.SalesEvent.Buyer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The buyer attributes that any board is cut by, as one small int per combination of values: an
 * order remembers the int.
 */
final class Profiles {
  private static final String PREFIX = "buyer.";
  private static final int LONGEST_VALUE = 200;

  /** Full names, in code point order. */
  final List<String> dimensions;

  private final Map<List<String>, Integer> byValues = new HashMap<>();
  private final List<List<String>> values = new ArrayList<>();
  private final List<SortedSet<String>> seen = new ArrayList<>();
  private final Tally tally;

  Profiles(SortedSet<String> dimensions, Tally tally) {
    this.dimensions = List.copyOf(new TreeSet<>(dimensions));
    this.tally = tally;
    this.dimensions.forEach(d -> seen.add(new TreeSet<>(CodePointOrder.INSTANCE)));
  }

  /** Values are empty strings where the buyer has none. */
  int of(Buyer buyer) {
    if (dimensions.isEmpty() && !values.isEmpty()) {
      return 0;
    }
    String[] own = new String[dimensions.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = value(buyer.attributes().get(dimensions.get(i).substring(PREFIX.length())));
    }
    return intern(Arrays.asList(own));
  }

  int intern(List<String> own) {
    Integer known = byValues.get(own);
    if (known != null) {
      return known;
    }
    int id = values.size();
    values.add(own);
    byValues.put(own, id);
    tally.used++;
    for (int i = 0; i < own.size(); i++) {
      if (!own.get(i).isEmpty()) {
        seen.get(i).add(own.get(i));
      }
    }
    return id;
  }

  /** The values that buyers had, ascending. */
  SortedSet<String> known(String dimension) {
    return seen.get(dimensions.indexOf(dimension));
  }

  List<String> values(int profile) {
    return values.get(profile);
  }

  int size() {
    return values.size();
  }

  private static String value(@Nullable String attribute) {
    return attribute == null || attribute.length() > LONGEST_VALUE ? "" : attribute;
  }
}
