package io.podium.ranking.run;

import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.EventLog.Batch;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The loop's reading. Behind a full batch the next one is asked for at once, so that it arrives
 * while the first is applied. Loop's thread only.
 */
final class ReadAhead {
  private static final EntryId UNBOUNDED = new EntryId(Long.MAX_VALUE, 0);

  private final EventLog log;
  private final int limit;
  private final Duration deadline;
  private @Nullable Ahead ahead;
  private boolean atEnd;

  /**
   * @param limit entries of one stream read at once
   */
  ReadAhead(EventLog log, int limit, Duration deadline) {
    this.log = log;
    this.limit = limit;
    this.deadline = deadline;
  }

  private record Ahead(Positions after, CompletionStage<Batch> batch) {}

  /**
   * What follows the positions.
   *
   * @param full the same was read before and could not be applied
   * @param wait how long for entries, when there are none
   */
  Batch read(Positions after, boolean full, Duration wait) {
    Ahead asked = ahead;
    ahead = null;
    boolean isAhead = asked != null && asked.after().equals(after);
    CompletionStage<Batch> reading =
        isAhead && asked != null ? asked.batch() : log.read(after, limit, wait);
    Batch batch = Await.on(reading, wait.plus(deadline));
    boolean more = batch.events().size() >= limit || batch.products().size() >= limit;
    // What was asked for before says nothing of what came since.
    atEnd = !more && !isAhead;
    if (more && !full) {
      Positions next = end(after, batch);
      ahead = new Ahead(next, log.read(next, limit, Duration.ZERO));
    }
    return batch;
  }

  /** Whether the last read found all that there was. */
  boolean isAtEnd() {
    return atEnd;
  }

  /** Where the applier gets to: where a stream has more to give, not beyond it in the other. */
  private Positions end(Positions after, Batch batch) {
    EntryId bound = least(bound(batch.events()), bound(batch.products()));
    return end(end(after, batch.events(), bound), batch.products(), bound);
  }

  private EntryId bound(List<StreamEntry> entries) {
    return entries.size() < limit ? UNBOUNDED : entries.get(entries.size() - 1).id();
  }

  private static EntryId least(EntryId a, EntryId b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Positions end(Positions after, List<StreamEntry> entries, EntryId bound) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      StreamEntry entry = entries.get(i);
      if (entry.id().compareTo(bound) <= 0) {
        return after.with(entry.stream(), entry.position());
      }
    }
    return after;
  }
}
