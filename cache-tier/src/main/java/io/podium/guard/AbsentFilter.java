package io.podium.guard;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Remembers names that do not exist, so that asking for them again costs no store a call. Of fixed
 * size: a table of 64-bit fingerprints in which a newer name takes the place of an older one; what
 * is forgotten is only looked up once more. Two names of one fingerprint are not to be had by
 * guessing: it is seeded at random.
 *
 * <p>What may have come into being since a look-up began is not remembered from it. Safe from any
 * thread.
 */
public final class AbsentFilter {
  private static final int STRIPES = 64;

  private final long ageNanos;
  private final LongSupplier nanoTime;
  private final long start;
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final int mask;
  // Each slot guarded by its stripe. Times are nanoseconds since the start; 0: never.
  private final long[] names;
  private final long[] until;
  private final long[] changed;
  private final Object[] stripes = new Object[STRIPES];
  private volatile long changedAll;

  /**
   * @param slots names at most; a power of two
   * @param age how long a name is remembered
   */
  public AbsentFilter(int slots, Duration age, LongSupplier nanoTime) {
    if (Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException("slots: a power of two");
    }
    this.ageNanos = age.toNanos();
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong() - 1;
    this.mask = slots - 1;
    this.names = new long[slots];
    this.until = new long[slots];
    this.changed = new long[slots];
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Object();
    }
  }

  /** The moment, to be told when the look-up has ended. */
  public long now() {
    return nanoTime.getAsLong() - start;
  }

  /** Whether the name was found not to exist, a short while ago. */
  public boolean isAbsent(String name) {
    long print = fingerprint(name);
    int slot = slot(print);
    long now = now();
    synchronized (stripe(slot)) {
      return names[slot] == print && until[slot] > now;
    }
  }

  /** The name was not there, by a look-up that began at {@code began}. */
  public void absent(String name, long began) {
    long print = fingerprint(name);
    int slot = slot(print);
    long now = now();
    synchronized (stripe(slot)) {
      if (changed[slot] < began && changedAll < began) {
        names[slot] = print;
        until[slot] = now + ageNanos;
      }
    }
  }

  /** The name may exist from now on. */
  public void changed(String name) {
    int slot = slot(fingerprint(name));
    long now = now();
    synchronized (stripe(slot)) {
      until[slot] = 0;
      changed[slot] = now;
    }
  }

  /** Any name may exist from now on. */
  public void forgetAll() {
    changedAll = now();
    for (int slot = 0; slot < until.length; slot++) {
      synchronized (stripe(slot)) {
        until[slot] = 0;
      }
    }
  }

  private int slot(long print) {
    return (int) print & mask;
  }

  private Object stripe(int slot) {
    return stripes[slot & (STRIPES - 1)];
  }

  /** Multiply and shift by character, then the finalizer of MurmurHash3. */
  private long fingerprint(String name) {
    long h = seed;
    for (int i = 0; i < name.length(); i++) {
      h = (h ^ name.charAt(i)) * 0x9e3779b97f4a7c15L;
      h ^= h >>> 29;
    }
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
