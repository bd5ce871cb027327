package io.podium.ranking.run;

import io.podium.ranking.core.CoreMemory;
import io.podium.ranking.core.Counts;
import io.podium.ranking.stream.Positions;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The loop at one moment between two entries; everything in it belongs together. Immutable.
 *
 * @param phase what it does
 * @param detail why it cannot do more; empty when it can
 * @param received entries read; always {@code counts.received()}
 * @param counts null until there is a state
 * @param streamTimes T per board; a board without one is missing
 * @param rolledBack times that a stream was seen to have lost its end
 * @param atMillis wall clock of this snapshot
 */
public record LoopStatus(
    Phase phase,
    String detail,
    long received,
    @Nullable Counts counts,
    @Nullable CoreMemory memory,
    Map<String, Instant> streamTimes,
    Positions positions,
    long rolledBack,
    long atMillis) {
  public enum Phase {
    /** Reads checkpoint and archive. */
    RECOVERING,
    /** Cannot be made whole; {@link LoopStatus#detail} says what helps. */
    INCOMPLETE,
    /** Reads what came while it was away. */
    CATCHING_UP,
    /** Runs behind the stream's end; a memory bound is reached, so that it waits. */
    FULL,
    /** At the stream's end, another updater publishes. */
    FOLLOWING,
    /** At the stream's end, and publishes. */
    ACTIVE
  }

  public static final LoopStatus STARTING =
      new LoopStatus(Phase.RECOVERING, "", 0, null, null, Map.of(), Positions.START, 0, 0);

  public boolean isCaughtUp() {
    return phase == Phase.FOLLOWING || phase == Phase.ACTIVE || phase == Phase.FULL;
  }
}
