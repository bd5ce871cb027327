package io.podium.backends;

import java.time.Duration;
import java.util.Random;

/**
 * What is wrong with one direction of a link. The wrongs add up.
 *
 * @param delay that each byte takes longer
 * @param jitter up to so much more, evenly; the order of the bytes stays
 * @param bytesPerSecond at most; 0: no limit
 * @param isBlackHole nothing passes, not even the end of a connection; what was sent is held, and
 *     passes when the link heals, as TCP sends again what was lost
 * @param cutAfter a connection is reset after so many bytes of this direction; negative: never
 */
public record Fault(
    Duration delay, Duration jitter, long bytesPerSecond, boolean isBlackHole, long cutAfter) {
  private static final long NEVER = -1;

  public static final Fault NONE = new Fault(Duration.ZERO, Duration.ZERO, 0, false, NEVER);
  public static final Fault BLACK_HOLE = new Fault(Duration.ZERO, Duration.ZERO, 0, true, NEVER);

  public Fault {
    if (delay.isNegative() || jitter.isNegative() || bytesPerSecond < 0) {
      throw new IllegalArgumentException("a negative delay, jitter or rate");
    }
  }

  public static Fault delay(Duration delay, Duration jitter) {
    return new Fault(delay, jitter, 0, false, NEVER);
  }

  public static Fault throttle(long bytesPerSecond) {
    return new Fault(Duration.ZERO, Duration.ZERO, bytesPerSecond, false, NEVER);
  }

  public static Fault cut(long afterBytes) {
    return new Fault(Duration.ZERO, Duration.ZERO, 0, false, afterBytes);
  }

  public Fault withDelay(Duration delay, Duration jitter) {
    return new Fault(delay, jitter, bytesPerSecond, isBlackHole, cutAfter);
  }

  public Fault withThrottle(long bytesPerSecond) {
    return new Fault(delay, jitter, bytesPerSecond, isBlackHole, cutAfter);
  }

  public Fault withCut(long afterBytes) {
    return new Fault(delay, jitter, bytesPerSecond, isBlackHole, afterBytes);
  }

  /** How long what arrives now is kept back. */
  long delayNanos(Random random) {
    long most = jitter.toNanos();
    return delay.toNanos() + (most == 0 ? 0 : (long) (random.nextDouble() * most));
  }
}
