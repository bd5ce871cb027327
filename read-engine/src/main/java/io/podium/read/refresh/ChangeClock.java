package io.podium.read.refresh;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells whether something changed since a load began, in fixed memory: each name falls into one of
 * many slots, a slot holds the number of its last change. Two names in one slot look changed
 * together, which costs a load and never hides a change. Safe from any thread.
 */
final class ChangeClock {
  private static final int SLOTS = 1 << 16;

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong all = new AtomicLong();
  private final AtomicLongArray changed = new AtomicLongArray(SLOTS);

  /** The number of the last change of anything. */
  long now() {
    return now.get();
  }

  synchronized void changed(Object name) {
    // The slot first: who reads the new moment must not miss the change that it stands for.
    long next = now.get() + 1;
    changed.set(slot(name.hashCode()), next);
    now.set(next);
  }

  /** Any name may have changed: nobody told which, as after a gap in the announcements. */
  synchronized void allChanged() {
    long next = now.get() + 1;
    all.set(next);
    now.set(next);
  }

  /** Whether this name, or one that shares its slot, was told to have changed. */
  boolean changedSince(long moment, Object name) {
    return changedSince(moment, name.hashCode());
  }

  /** The same for a name's hash code. */
  boolean changedSince(long moment, int hash) {
    return changed.get(slot(hash)) > moment;
  }

  /** Whether it, or any name, may have changed: what was read before is not to be held. */
  boolean mayHaveChangedSince(long moment, Object name) {
    return lastChange(name) > moment;
  }

  /** The number of the last change of this name, of one that shares its slot, or of any. */
  long lastChange(Object name) {
    return Math.max(all.get(), changed.get(slot(name.hashCode())));
  }

  private static int slot(int hash) {
    return (hash * 0x9E3779B9) >>> 16;
  }
}
