package io.podium.guard;

import io.podium.config.StoresConfig.GuardLimits;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The guards of one store, each kind of call its own: slow histories do not keep the newest
 * listings from being read.
 *
 * @param listings newest listings, their versions, the boards
 * @param history epochs of the past
 */
public record StoreGuards(StoreGuard listings, StoreGuard cards, StoreGuard history) {
  /** With the call itself less than a refresher waits for it. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /**
   * @param store short name for reasons and labels, as {@code redis}
   * @param deadline of one call
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  public static StoreGuards of(
      String store, Duration deadline, GuardLimits limits, LongSupplier nanoTime) {
    return new StoreGuards(
        StoreGuard.of(store, "listings", deadline, limits, nanoTime),
        StoreGuard.of(store, "cards", deadline, limits, nanoTime),
        StoreGuard.of(store, "history", deadline, limits, nanoTime));
  }

  /**
   * As {@link #of}, for a reader of its own: every kind of call behind one guard.
   *
   * @param most calls of this reader at the same time, but no more than {@link GuardLimits#calls};
   *     as many as those more wait for them, two seconds at most
   */
  public static StoreGuards one(
      String store,
      String reader,
      Duration deadline,
      int most,
      GuardLimits limits,
      LongSupplier nanoTime) {
    StoreGuard guard = StoreGuard.of(store, reader, deadline, limits, nanoTime);
    int atOnce = Math.min(most, limits.calls());
    return all(
        guard.inTurns(
            new Turns(store + " " + reader, atOnce, limits.calls(), LONGEST_WAIT, nanoTime)));
  }

  /** One guard for every kind of call. */
  public static StoreGuards all(StoreGuard guard) {
    return new StoreGuards(guard, guard, guard);
  }

  public List<StoreGuard> each() {
    return Stream.of(listings, cards, history).distinct().toList();
  }
}
