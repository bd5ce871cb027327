package io.podium.ranking.verify;

import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import io.podium.ranking.core.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a listing says, without when it was said.
 *
 * @param organic best first
 */
record Content(
    @Nullable Slice shows, List<Ranked.Organic> organic, List<Ranked.Displayed> displayed) {
  static final Content EMPTY = new Content(null, List.of(), List.of());

  static Content of(Ranked r) {
    return new Content(r.shows(), r.organic(), r.displayed());
  }

  /** A published listing holds its organic entries among those displayed and those omitted. */
  static Content of(Listing l) {
    List<Ranked.Displayed> displayed = new ArrayList<>();
    for (Entry e : l.entries()) {
      displayed.add(
          new Ranked.Displayed(
              e.productId(), e.score(), e.organicRank(), e.promoted(), e.buried()));
    }
    return new Content(l.shows(), organic(l), displayed);
  }

  static List<Ranked.Organic> organic(Listing l) {
    TreeMap<Integer, Ranked.Organic> byRank = new TreeMap<>();
    // What a thin slice shows stands in another listing: its own organic entries are not here.
    for (Entry e : l.entries()) {
      if (e.organicRank() > 0) {
        byRank.put(e.organicRank(), new Ranked.Organic(e.productId(), e.score()));
      }
    }
    for (Omitted o : l.omitted()) {
      byRank.put(o.organicRank(), new Ranked.Organic(o.productId(), o.score()));
    }
    return List.copyOf(byRank.values());
  }

  /** The first place where they differ, for a human; null when they do not. */
  @Nullable String difference(Content computed) {
    String place = difference(displayed, computed.displayed, "rank");
    if (place != null) {
      return place;
    }
    if (shows == null && computed.shows == null) {
      place = difference(organic, computed.organic, "organic rank");
    }
    if (place == null && !java.util.Objects.equals(shows, computed.shows)) {
      return "shows " + shows + ", computed " + computed.shows;
    }
    return place;
  }

  private static @Nullable String difference(List<?> published, List<?> computed, String what) {
    int longer = Math.max(published.size(), computed.size());
    for (int i = 0; i < longer; i++) {
      Object p = i < published.size() ? published.get(i) : "nothing";
      Object c = i < computed.size() ? computed.get(i) : "nothing";
      if (!p.equals(c)) {
        return what + " " + (i + 1) + ": published " + p + ", computed " + c;
      }
    }
    return null;
  }
}
