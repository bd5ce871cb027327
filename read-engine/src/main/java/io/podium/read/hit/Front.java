package io.podium.read.hit;

import org.jspecify.annotations.Nullable;

/**
 * One event loop's memory of what request targets mean, so that a target that was seen is not
 * parsed again. Direct-mapped and of fixed size: a target takes the place of another one, so
 * clients cannot make it grow. Confined to its event loop.
 */
public final class Front {
  /** A target that is longer is parsed each time. */
  private static final int MAX_TARGET = 512;

  /**
   * @param until from when on the target does not mean this page any more
   */
  record Slot(String target, Held held, long until) {}

  private final @Nullable Slot[] slots;

  /**
   * @param size a power of two
   */
  public Front(int size) {
    this.slots = new @Nullable Slot[size];
  }

  @Nullable Slot find(String target) {
    Slot slot = slots[index(target)];
    return slot != null && slot.target.equals(target) ? slot : null;
  }

  /** Remembers what a target means. */
  public void put(String target, Held held, long until) {
    if (target.length() <= MAX_TARGET) {
      slots[index(target)] = new Slot(target, held, until);
    }
  }

  private int index(String target) {
    int hash = target.hashCode();
    return (hash ^ hash >>> 16) & (slots.length - 1);
  }
}
