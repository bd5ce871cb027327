package io.podium.ranking.archive;

import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.EventLog.Batch;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the loop has read anyway, on its way to the archive. Bounded, and never waited for: what
 * finds no room is left out, and the archiver reads it from the streams. {@link #offer} from the
 * loop's thread, {@link #take} from the archive's.
 */
public final class Handover {
  private static final long MOST_BYTES = 32 << 20;

  /** Of an entry, beside its event. */
  private static final int OVERHEAD = 120;

  /** For so long the loop may be silent while its streams are not. */
  private static final long PATIENCE_MS = Duration.ofSeconds(5).toMillis();

  private final Queue<Piece> pieces = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Clock clock;
  private EntryId newestEvent = EntryId.START;
  private EntryId newestProduct = EntryId.START;
  private volatile long offeredAt;

  public Handover(Clock clock) {
    this.clock = clock;
    // A loop that begins restores its state first.
    this.offeredAt = clock.millis();
  }

  /**
   * @param after the batch is all that the streams have after these, to its last entries
   */
  private record Piece(Positions after, Batch batch, long bytes) {
    /** Whether nothing is missing between the positions and this. */
    boolean joins(Positions at) {
      return (batch.events().isEmpty() || isReached(after.events().id(), at.events().id()))
          && (batch.products().isEmpty() || isReached(after.products().id(), at.products().id()));
    }

    private static boolean isReached(EntryId id, EntryId at) {
      return id.compareTo(at) <= 0;
    }
  }

  /**
   * @param after what the loop had read before
   * @param batch what it then read; nobody changes it any more
   */
  public void offer(Positions after, Batch batch) {
    EntryId event = newest(newestEvent, batch.events());
    EntryId product = newest(newestProduct, batch.products());
    if (event.equals(newestEvent) && product.equals(newestProduct)) {
      // Nothing came, or what could not be applied is read again.
      return;
    }
    newestEvent = event;
    newestProduct = product;
    offeredAt = clock.millis();
    long size = bytes(batch.events()) + bytes(batch.products());
    if (bytes.get() + size <= MOST_BYTES) {
      bytes.addAndGet(size);
      pieces.add(new Piece(after, batch, size));
    }
  }

  private static EntryId newest(EntryId before, List<StreamEntry> entries) {
    EntryId last = entries.isEmpty() ? before : entries.get(entries.size() - 1).id();
    return last.compareTo(before) > 0 ? last : before;
  }

  private static long bytes(List<StreamEntry> entries) {
    long bytes = 0;
    for (StreamEntry entry : entries) {
      bytes += entry.event().length + OVERHEAD;
    }
    return bytes;
  }

  /** Whether what comes is to be waited for. A loop that stands still does not hold the archive. */
  boolean isAlive() {
    return Math.abs(clock.millis() - offeredAt) < PATIENCE_MS;
  }

  long bytes() {
    return bytes.get();
  }

  /** Whether what comes next does not begin where these positions end. */
  boolean isTorn(Positions at) {
    Piece next = pieces.peek();
    return next != null && !next.joins(at);
  }

  /**
   * What follows the positions without a gap, each entry once.
   *
   * @param most entries, about
   */
  Batch take(Positions from, int most) {
    Batch taken = new Batch(new ArrayList<>(), new ArrayList<>());
    Positions at = from;
    for (Piece next = pieces.peek();
        next != null && next.joins(at) && taken.events().size() + taken.products().size() < most;
        next = pieces.peek()) {
      pieces.remove();
      bytes.addAndGet(-next.bytes());
      append(next.batch().events(), at.events().id(), taken.events());
      append(next.batch().products(), at.products().id(), taken.products());
      at = end(taken, from);
    }
    return taken;
  }

  private static void append(List<StreamEntry> entries, EntryId after, List<StreamEntry> to) {
    if (!entries.isEmpty() && entries.get(0).id().compareTo(after) > 0) {
      to.addAll(entries);
    } else {
      entries.stream().filter(e -> e.id().compareTo(after) > 0).forEach(to::add);
    }
  }

  private static Positions end(Batch taken, Positions from) {
    List<StreamEntry> events = taken.events();
    List<StreamEntry> products = taken.products();
    return new Positions(
        events.isEmpty() ? from.events() : events.get(events.size() - 1).position(),
        products.isEmpty() ? from.products() : products.get(products.size() - 1).position());
  }
}
