package io.podium.ranking.admin;

import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.Omitted;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one brand (or seller) stood over some epochs. Each product in each epoch counts once. Means
 * are over products with both positions, so that they can be compared; what is promoted without
 * sales, or hidden, is told beside them.
 */
final class Preference {
  private static final int TOP = 10;

  private final String name;
  private int organic;
  private int displayed;
  private int organicTop;
  private int displayedTop;
  private int promoted;
  private int hidden;
  private int both;
  private long organicSum;
  private long displayedSum;

  private Preference(String name) {
    this.name = name;
  }

  /**
   * @param names the brand by product; a product without one counts under the empty name
   * @return by gain, the greatest first
   */
  static Collection<Preference> of(List<Listing> listings, Map<String, String> names) {
    Map<String, Preference> rows = new TreeMap<>();
    for (Listing l : listings) {
      for (int i = 0; i < l.entries().size(); i++) {
        Entry e = l.entries().get(i);
        row(rows, names, e.productId()).take(i + 1, e.organicRank(), e.promoted());
      }
      for (Omitted o : l.omitted()) {
        row(rows, names, o.productId()).take(o);
      }
    }
    return rows.values().stream()
        .sorted(Comparator.comparingDouble(Preference::gain).reversed())
        .toList();
  }

  private static Preference row(
      Map<String, Preference> rows, Map<String, String> names, String product) {
    return rows.computeIfAbsent(names.getOrDefault(product, ""), Preference::new);
  }

  private void take(int rank, int organicRank, boolean wasPromoted) {
    displayed++;
    displayedTop += rank <= TOP ? 1 : 0;
    promoted += wasPromoted ? 1 : 0;
    if (organicRank > 0) {
      organic(organicRank);
      both++;
      organicSum += organicRank;
      displayedSum += rank;
    }
  }

  private void take(Omitted o) {
    organic(o.organicRank());
    hidden += o.reason() == Omitted.Reason.HIDDEN ? 1 : 0;
  }

  private void organic(int rank) {
    organic++;
    organicTop += rank <= TOP ? 1 : 0;
  }

  String name() {
    return name;
  }

  int organic() {
    return organic;
  }

  int displayed() {
    return displayed;
  }

  int organicTop() {
    return organicTop;
  }

  int displayedTop() {
    return displayedTop;
  }

  int promoted() {
    return promoted;
  }

  int hidden() {
    return hidden;
  }

  int both() {
    return both;
  }

  double organicMean() {
    return mean(organicSum);
  }

  double displayedMean() {
    return mean(displayedSum);
  }

  /** Places that it stands better than it sells, on average. */
  double gain() {
    return mean(organicSum - displayedSum);
  }

  private double mean(long sum) {
    return both == 0 ? 0 : Math.round(100.0 * sum / both) / 100.0;
  }
}
