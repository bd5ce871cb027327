package io.podium.listing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranked entries of one board and slice, as published once under one epoch. Immutable.
 *
 * @param epoch version; only grows per listing; fits 53 bits
 * @param baseline the epoch that movement compares with; 0 when there is none yet
 * @param asOf stream time of the ranking
 * @param shownFrom stream time from which this epoch is what is shown: {@code asOf}, or later for
 *     what was put back; never before that of the epoch before
 * @param hash hex SHA-256 of the canonical organic content (DESIGN 4.2)
 * @param chain hex SHA-256 over the previous epoch's chain and this hash and epoch
 * @param shows the slice whose entries stand here because this one is too thin; null normally
 * @param scoreShift scores are shown divided by 2^scoreShift: 40 for half-life boards, else 0
 * @param entries displayed entries, best first, at most the board's size
 * @param omitted organic entries that are not displayed, by organic rank
 */
public record Listing(
    ListingKey key,
    long epoch,
    long baseline,
    Instant asOf,
    Instant shownFrom,
    String hash,
    String chain,
    @Nullable Slice shows,
    int scoreShift,
    List<Entry> entries,
    List<Omitted> omitted) {
  public Listing {
    entries = List.copyOf(entries);
    omitted = List.copyOf(omitted);
  }

  /** Shown from {@code asOf} on. */
  public Listing(
      ListingKey key,
      long epoch,
      long baseline,
      Instant asOf,
      String hash,
      String chain,
      @Nullable Slice shows,
      int scoreShift,
      List<Entry> entries,
      List<Omitted> omitted) {
    this(key, epoch, baseline, asOf, asOf, hash, chain, shows, scoreShift, entries, omitted);
  }
}
