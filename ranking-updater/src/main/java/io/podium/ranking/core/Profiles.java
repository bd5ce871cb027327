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
 * order remembers the int. Combinations are forgotten when there is no room for others, and values
 * with them: until then a value stays known also without sales.
 */
final class Profiles {
  private static final String PREFIX = "buyer.";
  private static final int LONGEST_VALUE = 200;

  /** Full names, in code point order. */
  final List<String> dimensions;

  private final Map<List<String>, Integer> byValues = new HashMap<>();
  private final List<@Nullable List<String>> values = new ArrayList<>();
  private final IntList free = new IntList();
  private int[] holders = new int[16];
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
    int id = free.size() > 0 ? free.removeLast() : values.size();
    if (id == values.size()) {
      values.add(own);
    } else {
      values.set(id, own);
    }
    if (id >= holders.length) {
      holders = Arrays.copyOf(holders, id * 2);
    }
    byValues.put(own, id);
    tally.used++;
    see(own);
    return id;
  }

  private void see(List<String> own) {
    for (int i = 0; i < own.size(); i++) {
      if (!own.get(i).isEmpty()) {
        seen.get(i).add(own.get(i));
      }
    }
  }

  /** An order remembers the profile. */
  void retain(int profile) {
    holders[profile]++;
  }

  void release(int profile) {
    holders[profile]--;
  }

  /**
   * Forgets the profiles that no order remembers, and the values that only they had; the caller
   * tells the values that still count by {@link #sees}.
   */
  void forgetUnused() {
    seen.forEach(known -> known.clear());
    for (int id = 0; id < values.size(); id++) {
      List<String> own = values.get(id);
      if (own != null && holders[id] == 0 && !dimensions.isEmpty()) {
        byValues.remove(own);
        values.set(id, null);
        free.add(id);
        tally.used--;
      } else if (own != null) {
        see(own);
      }
    }
  }

  /** The value counts for some series. */
  void sees(String dimension, String value) {
    seen.get(dimensions.indexOf(dimension)).add(value);
  }

  /** The values that buyers had, ascending. */
  SortedSet<String> known(String dimension) {
    return seen.get(dimensions.indexOf(dimension));
  }

  List<String> values(int profile) {
    List<String> own = values.get(profile);
    if (own == null) {
      throw new IllegalStateException("profile " + profile + " is not held");
    }
    return own;
  }

  boolean isFree(int profile) {
    return values.get(profile) == null;
  }

  int size() {
    return values.size();
  }

  private static String value(@Nullable String attribute) {
    return attribute == null || attribute.length() > LONGEST_VALUE ? "" : attribute;
  }
}
