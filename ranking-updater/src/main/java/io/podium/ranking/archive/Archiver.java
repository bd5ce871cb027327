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
 * Copies both streams into the archive, from where the last life stopped. {@link #step} on the
 * archive's own thread; {@link #safe} from any.
 */
public final class Archiver implements AutoCloseable {
  private static final int BATCH = 10_000;

  /** Larger members compress better; what is not written yet stays in the stream. */
  private static final Duration GATHER = Duration.ofMillis(500);

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final long PRUNE_EVERY_MS = Duration.ofHours(1).toMillis();

  private final EventLog log;
  private final ArchiveWriter events;
  private final ArchiveWriter products;
  private final Duration keep;
  private final Clock clock;
  private boolean opened;
  private long prunedAt;

  /**
   * @param damage is told what the last life left damaged
   */
  public Archiver(
      EventLog log, Path dir, long maxFileBytes, Duration keep, Clock clock, Damage damage) {
    this.log = log;
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
    EventLog.Batch batch = Await.on(log.read(safe(), BATCH, Duration.ZERO), DEADLINE);
    events.append(batch.events());
    products.append(batch.products());
    prune();
    boolean more = batch.events().size() == BATCH || batch.products().size() == BATCH;
    return more ? Duration.ZERO : GATHER;
  }

  private void prune() throws IOException {
    long now = clock.millis();
    if (now - prunedAt > PRUNE_EVERY_MS) {
      prunedAt = now;
      // What a card says counts however long ago it was said.
      events.prune(now, keep);
    }
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
