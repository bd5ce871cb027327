package io.podium.ranking.run;

import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.ranking.core.Ranked;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes the listing of a new epoch out of what was ranked and what stood there before. Pure. */
public final class Composer {
  /** The chain before the first epoch. */
  private static final String NO_CHAIN = "";

  private Composer() {}

  /**
   * @param now stream time: from here on it is shown, also when it is old content that was put back
   * @param before the newest epoch that is known, wherever it was found
   * @param baseline what movement compares with
   * @param wallMillis an epoch is at least this: it grows even when every store was lost
   */
  static Listing compose(
      Ranked ranked,
      Instant now,
      Optional<Listing> before,
      Optional<Listing> baseline,
      long wallMillis) {
    long epoch = Math.max(before.map(Listing::epoch).orElse(0L) + 1, wallMillis);
    return new Listing(
        ranked.key(),
        epoch,
        baseline.map(Listing::epoch).orElse(0L),
        ranked.asOf(),
        // Stream time may have been lost with the events; what is looked up by it must not go back.
        before.map(Listing::shownFrom).filter(now::isBefore).orElse(now),
        ranked.hash(),
        chain(before.map(Listing::chain).orElse(NO_CHAIN), epoch, ranked.hash()),
        ranked.shows(),
        ranked.scoreShift(),
        entries(ranked, baseline),
        ranked.omitted());
  }

  /** Hex SHA-256 of the previous epoch's chain, this epoch and its hash. */
  public static String chain(String previous, long epoch, String hash) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((previous + "\n" + epoch + "\n" + hash).getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static List<Entry> entries(Ranked ranked, Optional<Listing> baseline) {
    Map<String, Integer> ranks = new HashMap<>();
    baseline.ifPresent(
        b -> {
          for (int i = 0; i < b.entries().size(); i++) {
            ranks.put(b.entries().get(i).productId(), i + 1);
          }
        });
    List<Entry> entries = new ArrayList<>(ranked.displayed().size());
    for (Ranked.Displayed d : ranked.displayed()) {
      int then = ranks.getOrDefault(d.productId(), 0);
      entries.add(
          new Entry(d.productId(), d.score(), d.organicRank(), then, d.promoted(), d.buried()));
    }
    return entries;
  }

  /** Whether a reader would see nothing new: same entries, same order, same omissions. */
  static boolean sameContent(Ranked ranked, Listing listing) {
    return Objects.equals(ranked.shows(), listing.shows())
        && ranked.scoreShift() == listing.scoreShift()
        && ranked.omitted().equals(listing.omitted())
        && sameEntries(ranked.displayed(), listing.entries());
  }

  private static boolean sameEntries(List<Ranked.Displayed> ranked, List<Entry> entries) {
    if (ranked.size() != entries.size()) {
      return false;
    }
    for (int i = 0; i < entries.size(); i++) {
      Ranked.Displayed d = ranked.get(i);
      Entry e = entries.get(i);
      if (!d.productId().equals(e.productId())
          || !d.score().equals(e.score())
          || d.organicRank() != e.organicRank()
          || d.promoted() != e.promoted()
          || d.buried() != e.buried()) {
        return false;
      }
    }
    return true;
  }
}
