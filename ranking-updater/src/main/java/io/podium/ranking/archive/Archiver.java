package io.podium.ranking.archive;

import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Copies both streams into the archive, from where the last life stopped: what the loop has read
 * comes from the loop; what it did not hand over, or reads too late, is read here. {@link #step} on
 * the archive's own thread; {@link #safe} from any.
 */
public final class Archiver implements AutoCloseable {
  private static final int BATCH = 10_000;

  /** Larger members compress better; what is not written yet stays in the stream. */
  private static final Duration GATHER = Duration.ofMillis(500);

  /** What is not waited for any longer, and how often to look for it. */
  private static final long ENOUGH_BYTES = 4 << 20;

  private static final Duration LOOK = Duration.ofMillis(50);

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final long PRUNE_EVERY_MS = Duration.ofHours(1).toMillis();

  private final EventLog log;
  private final Handover handover;
  private final ArchiveWriter events;
  private final ArchiveWriter products;
  private final Duration keep;
  private final Clock clock;
  private boolean opened;
  private long writtenAt;
  private volatile long alone;
  private long prunedAt;

  /**
   * @param handover from the loop
   * @param damage is told what the last life left damaged
   */
  public Archiver(
      EventLog log,
      Handover handover,
      Path dir,
      long maxFileBytes,
      Duration keep,
      Clock clock,
      Damage damage) {
    this.log = log;
    this.handover = handover;
    this.events = new ArchiveWriter(dir, StreamName.EVENTS, maxFileBytes, damage);
    this.products = new ArchiveWriter(dir, StreamName.PRODUCTS, maxFileBytes, damage);
    this.keep = keep;
    this.clock = clock;
  }

  public Duration step() throws IOException {
    if (!opened) {
      events.open();
      products.open();
      opened = true;
    }
    prune();
    return handover.isAlive() ? takeHanded() : readItself();
  }

  private Duration takeHanded() throws IOException {
    long now = clock.millis();
    boolean early = now >= writtenAt && now - writtenAt < GATHER.toMillis();
    if (early && handover.bytes() < ENOUGH_BYTES) {
      return LOOK;
    }
    EventLog.Batch batch = handover.take(safe(), BATCH);
    append(batch);
    if (handover.isTorn(safe())) {
      return readItself();
    }
    writtenAt = now;
    return handover.bytes() < ENOUGH_BYTES ? LOOK : Duration.ZERO;
  }

  private Duration readItself() throws IOException {
    EventLog.Batch batch = Await.on(log.read(safe(), BATCH, Duration.ZERO), DEADLINE);
    alone = alone + batch.events().size() + batch.products().size();
    append(batch);
    boolean more = batch.events().size() == BATCH || batch.products().size() == BATCH;
    return more || handover.isTorn(safe()) ? Duration.ZERO : GATHER;
  }

  private void append(EventLog.Batch batch) throws IOException {
    events.append(batch.events());
    products.append(batch.products());
  }

  private void prune() throws IOException {
    long now = clock.millis();
    if (now - prunedAt > PRUNE_EVERY_MS) {
      prunedAt = now;
      // What a card says counts however long ago it was said.
      events.prune(now, keep);
    }
  }

  /** Entries that had to be read, as the loop did not hand them over. */
  public long readAlone() {
    return alone;
  }

  /** What is on disk. */
  public Positions safe() {
    return ArchiveWriter.positions(events, products);
  }

  @Override
  public void close() throws IOException {
    events.close();
    products.close();
  }
}
