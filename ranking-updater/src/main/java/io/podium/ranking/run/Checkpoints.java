package io.podium.ranking.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the loop's state is copied for a checkpoint, and what is on disk. The loop stands still
 * while the copy is made, so a large state is copied less often: at most one part in 200 of the
 * time, which the slowest hundredth of what readers see does not show. A crash replays what came
 * since: so there is one a minute, unless that takes more than one part in 50. Owned by the loop's
 * thread, except {@link #write}, {@link #safe} and {@link #pause}.
 */
final class Checkpoints {
  private static final int REST_PER_PAUSE = 200;
  private static final int LEAST_REST_PER_PAUSE = 50;
  private static final long LONG_REST_MILLIS = 60_000;

  private final CheckpointFiles files;
  private final long everyMillis;
  private final Clock clock;
  private volatile @Nullable CheckpointWriter writer;
  private volatile long pauseMillis;
  private long takenAt;

  /**
   * @param every least time between two
   */
  Checkpoints(CheckpointFiles files, Duration every, Clock clock) {
    this.files = files;
    this.everyMillis = every.toMillis();
    this.clock = clock;
  }

  /**
   * @param from what the state came from; null: nothing
   */
  void restored(@Nullable Checkpoint from) {
    writer = new CheckpointWriter(files, from);
    takenAt = clock.millis();
  }

  /** Copies the state when it is time. */
  void step(Applier applier, KnownListings known) throws IOException {
    CheckpointWriter w = writer;
    long now = clock.millis();
    long rest = Math.min(LONG_REST_MILLIS, pauseMillis * REST_PER_PAUSE);
    rest = Math.max(everyMillis, Math.max(rest, pauseMillis * LEAST_REST_PER_PAUSE));
    if (w != null && Pace.isOver(takenAt, now, rest) && w.isFree()) {
      takenAt = now;
      known.forgetOld(now);
      take(w, applier, known);
    }
  }

  /** One more of what came since, on disk; the loop's thread has ended. */
  void last(Applier applier, KnownListings known) throws IOException {
    CheckpointWriter w = writer;
    if (w != null) {
      w.step();
      take(w, applier, known);
      w.step();
    }
  }

  private void take(CheckpointWriter w, Applier applier, KnownListings known) throws IOException {
    Checkpoint last = w.safe();
    if (last == null || !last.positions().equals(applier.positions())) {
      long start = clock.millis();
      Checkpoint head = Checkpoint.of(start, applier, known.keys());
      ChunkedBytes bytes = new ChunkedBytes();
      head.write(bytes);
      applier.core().save(bytes);
      w.offer(head, bytes);
      pauseMillis = Math.max(0, clock.millis() - start);
    }
  }

  /** The checkpoint thread's step: writes what waits. */
  Duration write() throws IOException {
    CheckpointWriter w = writer;
    return w == null ? Duration.ofMillis(200) : w.step();
  }

  /** What is on disk; null before the first checkpoint. */
  @Nullable Checkpoint safe() {
    CheckpointWriter w = writer;
    return w == null ? null : w.safe();
  }

  /** How long the loop stood still for the last one. */
  Duration pause() {
    return Duration.ofMillis(pauseMillis);
  }
}
