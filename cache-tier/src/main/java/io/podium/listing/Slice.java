package io.podium.listing;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One cut of a board: full dimension names ({@code category}, {@code buyer.ageGroup}) with values.
 * The empty slice is the whole shop. Immutable; dimensions are kept in code point order, so equal
 * slices print and encode alike.
 */
public record Slice(SortedMap<String, String> values) {
  public static final Slice WHOLE_SHOP = new Slice(Collections.emptySortedMap());

  public Slice {
    TreeMap<String, String> copy = new TreeMap<>(CodePointOrder.INSTANCE);
    copy.putAll(values);
    values = Collections.unmodifiableSortedMap(copy);
  }

  public static Slice of(Map<String, String> values) {
    return values.isEmpty() ? WHOLE_SHOP : new Slice(new TreeMap<>(values));
  }

  /** The slice with {@code dimension} set to {@code value}. */
  public Slice with(String dimension, String value) {
    TreeMap<String, String> copy = new TreeMap<>(values);
    copy.put(dimension, value);
    return new Slice(copy);
  }

  public Slice without(String dimension) {
    TreeMap<String, String> copy = new TreeMap<>(values);
    copy.remove(dimension);
    return of(copy);
  }
}
