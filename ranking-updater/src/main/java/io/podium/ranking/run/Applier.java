package io.podium.ranking.run;

import io.podium.ranking.core.Outcome;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.stream.EventLog.Batch;
import io.podium.ranking.stream.EventLog.DeadLetter;
import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts stream entries into the core, in one order whoever does it and whenever: by entry id over
 * both streams. The log's clock in the id is the event's time of receipt and drives stream time, so
 * that a replay decides as the first reading did. Owned by one thread.
 */
public final class Applier {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
  private static final Decoded DAMAGED = new Decoded.Rejected(null, null, null, "damaged");

  /** The core's only reason of its own. */
  private static final String AHEAD = "ahead";

  private final RankingCore core;
  private final EventDecoder decoder;
  private final List<DeadLetter> letters = new ArrayList<>();
  private final Complaints complaints = new Complaints(LOG);

  /** Entries since the last one whose ordinal could be read. */
  private final Map<StreamName, Integer> unnumbered = new EnumMap<>(StreamName.class);

  private Positions positions;
  private long received;
  private long rolledBack;

  /**
   * @param positions what the core has in it already
   * @param received entries that made it so
   */
  public Applier(RankingCore core, EventDecoder decoder, Positions positions, long received) {
    this.core = core;
    this.decoder = decoder;
    this.positions = positions;
    this.received = received;
  }

  /** What came of a batch. */
  public enum Result {
    DONE,
    /** A memory bound is reached: the rest has to be offered again. */
    FULL,
    /** Entries that were not read yet are gone from the stream: only an archive has them. */
    GAP
  }

  /**
   * Applies what can be applied of a batch: where a stream has more to give, nothing of the other
   * one beyond it.
   *
   * @param limit entries of one stream that the batch could hold
   */
  public Result apply(Batch batch, int limit) {
    List<StreamEntry> entries = inOrder(batch, limit);
    for (int i = 0; i < entries.size(); i += RankingCore.MOST_PREPARED) {
      int end = Math.min(entries.size(), i + RankingCore.MOST_PREPARED);
      Result result = apply(entries.subList(i, end));
      if (result != Result.DONE) {
        return result;
      }
    }
    return Result.DONE;
  }

  private static List<StreamEntry> inOrder(Batch batch, int limit) {
    List<StreamEntry> events = batch.events();
    List<StreamEntry> products = batch.products();
    List<StreamEntry> entries = new ArrayList<>(events.size() + products.size());
    int e = 0;
    int p = 0;
    while (e < events.size() || p < products.size()) {
      if ((e == events.size() && e >= limit) || (p == products.size() && p >= limit)) {
        break;
      }
      boolean takeEvent =
          p == products.size()
              || (e < events.size() && events.get(e).id().compareTo(products.get(p).id()) <= 0);
      entries.add(takeEvent ? events.get(e++) : products.get(p++));
    }
    return entries;
  }

  /** Decodes some together, so that the core can read ahead what they need. */
  private Result apply(List<StreamEntry> entries) {
    int n = entries.size();
    // Young, so that the collector need not hear of each event that is put there.
    Decoded[] decoded = new Decoded[n];
    List<SalesEvent> coming = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      Decoded d = decode(entries.get(i));
      decoded[i] = d;
      if (d instanceof Decoded.Accepted accepted) {
        coming.add(accepted.event());
      }
    }
    core.prepare(coming);
    for (int i = 0; i < n; i++) {
      Result result = apply(entries.get(i), decoded[i]);
      if (result != Result.DONE) {
        return result;
      }
    }
    return Result.DONE;
  }

  /** Applies one entry, unless it cannot be. */
  public Result apply(StreamEntry entry) {
    return apply(entry, decode(entry));
  }

  private Decoded decode(StreamEntry entry) {
    return entry.intact() ? decoder.decode(entry.event()) : DAMAGED;
  }

  private Result apply(StreamEntry entry, Decoded decoded) {
    StreamName stream = entry.stream();
    Position at = positions.of(stream);
    if (isBeyondGap(entry)) {
      return Result.GAP;
    }
    if (entry.isNumbered() && at.to(entry) == Position.Step.ROLLED_BACK) {
      tellRollBack(stream, at, entry.ordinal() - 1);
    }
    core.advance(entry.id().millis());
    if (!accepted(entry, decoded)) {
      return Result.FULL;
    }
    if (entry.isNumbered()) {
      unnumbered.remove(stream);
      positions = positions.with(stream, entry.position());
    } else {
      unnumbered.merge(stream, 1, Integer::sum);
      positions = positions.with(stream, new Position(entry.id(), at.ordinal()));
    }
    received++;
    return Result.DONE;
  }

  /** Whether entries are missing before this one. Those without a number may have had one. */
  boolean isBeyondGap(StreamEntry entry) {
    long last = positions.of(entry.stream()).ordinal();
    return entry.ordinal() > last + 1 + unnumbered.getOrDefault(entry.stream(), 0);
  }

  private boolean accepted(StreamEntry entry, Decoded decoded) {
    if (decoded instanceof Decoded.Rejected r) {
      reject(entry, r.reason());
      return true;
    }
    Outcome outcome = core.apply(((Decoded.Accepted) decoded).event(), entry.id().millis());
    if (outcome == Outcome.REJECTED) {
      letters.add(new DeadLetter(entry, AHEAD));
    }
    return outcome != Outcome.FULL;
  }

  private void reject(StreamEntry entry, String reason) {
    core.rejected(reason);
    letters.add(new DeadLetter(entry, reason));
  }

  private void tellRollBack(StreamName stream, Position at, long kept) {
    rolledBack++;
    complaints.warn(
        "rolled back",
        "The stream "
            + stream.text()
            + " lost its entries "
            + (kept + 1)
            + " to "
            + at.ordinal()
            + "; they are counted here, but will not be by a new updater");
  }

  /**
   * Rejected entries since the last call; they must be in the dead-letter stream before a
   * checkpoint.
   */
  public List<DeadLetter> takeLetters() {
    List<DeadLetter> taken = List.copyOf(letters);
    letters.clear();
    return taken;
  }

  /** Goes back to the ends of streams that end before what was read. */
  void rollBack(Positions ends) {
    for (StreamName stream : StreamName.values()) {
      Position end = ends.of(stream);
      Position at = positions.of(stream);
      if (end.id().compareTo(at.id()) < 0) {
        tellRollBack(stream, at, end.ordinal());
        positions = positions.with(stream, end);
      }
    }
  }

  public RankingCore core() {
    return core;
  }

  public Positions positions() {
    return positions;
  }

  /** Entries applied, over all lives of this state. */
  public long received() {
    return received;
  }

  /** Times that a stream was seen to have lost its end. */
  public long rolledBack() {
    return rolledBack;
  }
}
