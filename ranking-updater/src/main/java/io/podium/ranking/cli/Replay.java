package io.podium.ranking.cli;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Counts;
import io.podium.ranking.core.ListingHash;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.event.SalesEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of events through a ranking core, with unbounded memory of orders: nothing is late or
 * ahead. T is a given moment, or stream time; without one, wall-clock boards follow stream time as
 * well, for a file has no other clock.
 */
final class Replay implements AutoCloseable {
  private final EventDecoder decoder;
  private final RankingCore core;

  Replay(Collection<Board> boards, EventDecoder decoder, @Nullable Instant at) {
    this.decoder = decoder;
    this.core =
        at == null
            ? new RankingCore(boards.stream().map(Replay::onStreamTime).toList(), CoreLimits.rank())
            : RankingCore.at(List.copyOf(boards), CoreLimits.rank(), at);
  }

  private static Board onStreamTime(Board b) {
    return b.eventClock() ? b : b.withEventClock();
  }

  /** Takes one event in; the reason when it is rejected, else null. */
  @Nullable String add(byte[] json) {
    Decoded decoded = decoder.decode(json);
    if (decoded instanceof Decoded.Rejected rejected) {
      core.rejected(rejected.reason());
      return rejected.reason();
    }
    SalesEvent event = ((Decoded.Accepted) decoded).event();
    Outcome outcome = core.apply(event, event.meta().time().toEpochMilli());
    if (outcome == Outcome.FULL) {
      throw new CommandException("more events than memory holds; rank fewer of them");
    }
    return outcome == Outcome.REJECTED ? "time" : null;
  }

  void rules(List<Rule> rules) {
    core.rules(rules);
  }

  /**
   * @param slice only this one, also when it is empty; null: every slice that is not
   */
  List<Ranked> rank(Board board, @Nullable Slice slice) {
    if (core.streamTime(board.name()) == null) {
      if (slice == null) {
        return List.of();
      }
      throw new CommandException("no event tells the time; give it with --at");
    }
    List<ListingKey> keys =
        slice == null ? core.listings(board.name()) : List.of(new ListingKey(board.name(), slice));
    List<Ranked> listings = new ArrayList<>(keys.size());
    for (ListingKey key : keys) {
      listings.add(named(board, core.rank(key)));
    }
    return listings;
  }

  /** With the hash of the board as it was defined, not of the one that follows stream time. */
  private static Ranked named(Board board, Ranked r) {
    if (board.eventClock()) {
      return r;
    }
    String hash = new ListingHash(board).of(r.key().slice(), r.at(), r.organic());
    return new Ranked(
        r.key(),
        r.asOf(),
        r.at(),
        hash,
        r.shows(),
        r.scoreShift(),
        r.organic(),
        r.displayed(),
        r.omitted());
  }

  /** What is worth telling: rejected by reason, conflicts, foreign orders, values beyond. */
  Optional<String> remarks() {
    Counts counts = core.counts();
    List<String> remarks = new ArrayList<>();
    if (counts.rejectedTotal() > 0) {
      remarks.add(counts.rejectedTotal() + " rejected " + new TreeMap<>(counts.rejected()));
    }
    if (counts.conflict() > 0) {
      remarks.add(counts.conflict() + " repeated with other content (the first counts)");
    }
    remark(counts.foreign(), "orders in another currency than the board's", remarks);
    remark(counts.beyond(), "slices not listed: more values than maxValues", remarks);
    return remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks));
  }

  private static void remark(Map<String, Long> byBoard, String what, List<String> remarks) {
    Map<String, Long> some = new TreeMap<>(byBoard);
    some.values().removeIf(n -> n == 0);
    if (!some.isEmpty()) {
      remarks.add(what + " " + some);
    }
  }

  @Override
  public void close() {
    core.close();
  }
}
