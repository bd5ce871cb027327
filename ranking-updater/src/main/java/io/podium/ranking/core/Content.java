package io.podium.ranking.core;

import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.Ranked.Displayed;
import io.podium.ranking.core.Ranked.Organic;
import io.podium.ranking.event.Key;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a listing says, without the time at which it says so. */
record Content(
    List<Organic> organic,
    List<Displayed> displayed,
    List<Omitted> omitted,
    @Nullable Slice shows) {
  static final Content EMPTY = new Content(List.of(), List.of(), List.of(), null);
  private static final int HALF_LIFE_SHIFT = 40;

  boolean isEmpty() {
    return organic.isEmpty();
  }

  Ranked at(Board board, ListingHash hash, Slice slice, Instant t, Instant step) {
    return new Ranked(
        new ListingKey(board.name(), slice),
        t,
        step,
        hash.of(slice, step, organic),
        shows,
        board.window() instanceof Window.HalfLife ? HALF_LIFE_SHIFT : 0,
        organic,
        displayed,
        omitted);
  }

  /** Equal contents have equal hashes, and practically only they; an empty one has 0, 0. */
  void hashInto(Key key) {
    key.start();
    if (isEmpty()) {
      return;
    }
    for (Organic o : organic) {
      key.add(o.productId());
      add(key, o.score());
    }
    for (Displayed d : displayed) {
      key.add(d.productId());
      add(key, d.score());
      key.add(d.organicRank(), (d.promoted() ? 1 : 0) + (d.buried() ? 2 : 0));
    }
    for (Omitted o : omitted) {
      key.add(o.productId());
      key.add(o.reason().name());
      key.add(o.organicRank(), o.moved() ? 1 : 0);
    }
    key.add(shows == null ? "" : shows.toString());
    key.add(organic.size(), displayed.size());
  }

  private static void add(Key key, BigInteger score) {
    key.add(score.shiftRight(64).longValue(), score.longValue());
  }
}
