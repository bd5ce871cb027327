package io.podium.ranking.run;

import io.podium.ranking.archive.Archiver;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.Positions;
import java.time.Clock;
import java.time.Duration;

/**
 * Tells the log what this updater has safe on its own disk, and, when it is the active one, drops
 * from the streams what every living updater has. {@link #step} on one thread.
 */
final class Trimmer {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final long EVERY_MS = 2_000;
  private static final EntryId ALL = new EntryId(Long.MAX_VALUE, 0);

  private final String updater;
  private final EventLog log;
  private final Lease lease;
  private final Checkpoints checkpoints;
  private final Archiver archiver;
  private final CardKeeper mongoKeeper;
  private final EventLog.Retention retention;
  private final Clock clock;
  private long registeredAt;

  Trimmer(
      String updater,
      EventLog log,
      Lease lease,
      Checkpoints checkpoints,
      Archiver archiver,
      CardKeeper mongoKeeper,
      EventLog.Retention retention,
      Clock clock) {
    this.updater = updater;
    this.log = log;
    this.lease = lease;
    this.checkpoints = checkpoints;
    this.archiver = archiver;
    this.mongoKeeper = mongoKeeper;
    this.retention = retention;
    this.clock = clock;
  }

  void step() {
    long now = clock.millis();
    if (!Pace.isOver(registeredAt, now, EVERY_MS)) {
      return;
    }
    registeredAt = now;
    try {
      Await.on(log.register(updater, safe(), now), DEADLINE);
    } finally {
      // A log without room for another byte refuses the first, and needs the second.
      if (lease.isActive()) {
        Await.on(log.trim(now, retention), DEADLINE);
      }
    }
  }

  /** What this updater will never need from the streams again. */
  private Positions safe() {
    Checkpoint c = checkpoints.safe();
    Positions cards = new Positions(new Position(ALL, 0), mongoKeeper.safe());
    return (c == null ? Positions.START : c.positions()).least(archiver.safe()).least(cards);
  }
}
