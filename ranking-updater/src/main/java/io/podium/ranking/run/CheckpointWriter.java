package io.podium.ranking.run;

import io.podium.ranking.stream.Positions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes checkpoints off the loop: at most one waits. The loop copies its state into memory and
 * hands it over.
 */
final class CheckpointWriter {
  private final CheckpointFiles files;
  private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
  private volatile @Nullable Checkpoint safe;

  private record Pending(Checkpoint head, ChunkedBytes bytes) {}

  /**
   * @param restored the checkpoint that the state came from; null: none
   */
  CheckpointWriter(CheckpointFiles files, @Nullable Checkpoint restored) {
    this.files = files;
    this.safe = restored;
  }

  /** Whether the last one is on disk. */
  boolean isFree() {
    return pending.get() == null;
  }

  void offer(Checkpoint head, ChunkedBytes bytes) {
    pending.set(new Pending(head, bytes));
  }

  /** Writes what waits; on the checkpoint thread. */
  Duration step() throws IOException {
    Pending next = pending.get();
    if (next != null) {
      files.write(next.head().takenAt(), next.bytes()::writeTo);
      safe = next.head();
      pending.set(null);
    }
    return Duration.ofMillis(50);
  }

  /** The newest checkpoint on disk; null: none. */
  @Nullable Checkpoint safe() {
    return safe;
  }

  Positions safePositions() {
    Checkpoint c = safe;
    return c == null ? Positions.START : c.positions();
  }
}
