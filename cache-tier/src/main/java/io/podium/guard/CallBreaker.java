package io.podium.guard;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops calls to a store that fails or is slow, and lets single calls through to see whether it is
 * back.
 *
 * <p>Closed: the outcomes of the last calls are kept, each for a limited time, so that old failures
 * age out. Enough of them failed or slow, or the last ones all failed, whatever was before: open,
 * every call is refused at once. After a pause, half open: one call at a time is a probe; its
 * success closes the breaker, its failure opens it again. A permit belongs to the spell in which it
 * was given: a call that was sent before the breaker opened changes nothing when its answer comes
 * late. A probe whose outcome never comes gives way to another after the pause.
 */
public final class CallBreaker {
  /** What a caller may expect. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /**
   * @param window outcomes that are looked at, at most
   * @param age how long an outcome counts
   * @param minimum outcomes below which the breaker stays closed; as many failures in a row open it
   * @param failures share of failed calls from which it opens, 0 to 1
   * @param slow share of slow calls from which it opens, 0 to 1
   * @param slowFrom a call that takes as long as this is slow
   * @param pause before the first probe, at least: {@link Jitter}
   */
  public record Settings(
      int window,
      Duration age,
      int minimum,
      double failures,
      double slow,
      Duration slowFrom,
      Duration pause) {}

  private static final byte GOOD = 0;
  private static final byte FAILED = 1;
  private static final byte SLOW = 2;

  private final Settings settings;
  private final LongSupplier nanoTime;
  // All guarded by this; every section is short and does no I/O.
  private final byte[] outcomes;
  private final long[] times;
  private int next;
  private int kept;
  private int failedInARow;
  private State state = State.CLOSED;
  private long spell;
  private long sinceNanos;
  private long pauseNanos;
  private @Nullable Permit probe;
  private long opened;
  private long refused;

  /**
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  public CallBreaker(Settings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.outcomes = new byte[settings.window()];
    this.times = new long[settings.window()];
  }

  /** The leave to make one call; tell it the outcome exactly once, later calls are ignored. */
  public final class Permit {
    private final long ofSpell;
    private final long startNanos;
    private boolean told;

    private Permit(long ofSpell, long startNanos) {
      this.ofSpell = ofSpell;
      this.startNanos = startNanos;
    }

    public void succeeded() {
      long now = nanoTime.getAsLong();
      boolean slow = now - startNanos >= settings.slowFrom().toNanos();
      outcome(this, slow ? SLOW : GOOD, now);
    }

    public void failed() {
      outcome(this, FAILED, nanoTime.getAsLong());
    }
  }

  /** A permit, or null when the call must not be made. */
  public synchronized @Nullable Permit tryAcquire() {
    long now = nanoTime.getAsLong();
    if (state == State.CLOSED) {
      return new Permit(spell, now);
    }
    if (now - sinceNanos < pauseNanos) {
      refused++;
      return null;
    }
    state = State.HALF_OPEN;
    pauseFrom(now);
    Permit permit = new Permit(spell, now);
    probe = permit;
    return permit;
  }

  private synchronized void outcome(Permit permit, byte outcome, long now) {
    if (permit.told || permit.ofSpell != spell) {
      return;
    }
    permit.told = true;
    if (state == State.CLOSED) {
      note(outcome, now);
    } else if (permit == probe) {
      turn(outcome == GOOD ? State.CLOSED : State.OPEN, now);
    }
  }

  private void note(byte outcome, long now) {
    outcomes[next] = outcome;
    times[next] = now;
    next = (next + 1) % outcomes.length;
    kept = Math.min(kept + 1, outcomes.length);
    failedInARow = outcome == FAILED ? failedInARow + 1 : 0;
    if (outcome != GOOD && isTooBad(now)) {
      turn(State.OPEN, now);
    }
  }

  private boolean isTooBad(long now) {
    int counted = 0;
    int failed = 0;
    int slow = 0;
    for (int i = 0; i < kept; i++) {
      if (now - times[i] <= settings.age().toNanos()) {
        counted++;
        failed += outcomes[i] == FAILED ? 1 : 0;
        slow += outcomes[i] == SLOW ? 1 : 0;
      }
    }
    // When the last ones all failed, what was good before them says nothing about now.
    return counted >= settings.minimum()
        && (failedInARow >= settings.minimum()
            || failed >= settings.failures() * counted
            || failed + slow >= settings.slow() * counted);
  }

  private void turn(State to, long now) {
    state = to;
    spell++;
    pauseFrom(now);
    probe = null;
    kept = 0;
    failedInARow = 0;
    next = 0;
    Arrays.fill(times, 0);
    if (to == State.OPEN) {
      opened++;
    }
  }

  private void pauseFrom(long now) {
    sinceNanos = now;
    pauseNanos = Jitter.spread(settings.pause().toNanos());
  }

  /** Half open as soon as the next call would be let through, whether or not one comes. */
  public synchronized State state() {
    boolean paused = nanoTime.getAsLong() - sinceNanos < pauseNanos;
    return state == State.OPEN && !paused ? State.HALF_OPEN : state;
  }

  /** How often it opened. */
  public synchronized long opened() {
    return opened;
  }

  /** Calls that were refused. */
  public synchronized long refused() {
    return refused;
  }
}
