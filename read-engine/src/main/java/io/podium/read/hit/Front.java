package io.podium.read.hit;

import io.podium.read.page.BoardBook;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's memory of what request targets mean, so that a target that was seen is not
 * parsed again. Direct-mapped and of fixed size: a target takes the place of another one, so
 * clients cannot make it grow. Confined to its event loop.
 */
public final class Front {
  /** A target that is longer is parsed each time. */
  private static final int MAX_TARGET = 512;

  /** One target; remembers where its page was found last. */
  static final class Slot {
    private final String target;
    final Meaning meaning;
    private @Nullable Held held;

    Slot(String target, Meaning meaning) {
      this.target = target;
      this.meaning = meaning;
    }

    /** The page's place on the heap; null when there is none. */
    @Nullable Held held(Pages pages) {
      Held known = held;
      if (known == null || known.page() == null) {
        known = pages.find(meaning.text());
        held = known;
      }
      return known;
    }
  }

  private final @Nullable Slot[] slots;

  /**
   * @param size a power of two
   */
  public Front(int size) {
    this.slots = new @Nullable Slot[size];
  }

  /** Null when the target must be parsed. */
  @Nullable Slot find(String target, BoardBook book, long now) {
    Slot slot = slots[index(target)];
    return slot != null
            && slot.target.equals(target)
            && slot.meaning.book() == book
            && now < slot.meaning.until()
        ? slot
        : null;
  }

  /** Remembers what a target means. */
  Slot put(String target, Meaning meaning) {
    Slot slot = new Slot(target, meaning);
    if (target.length() <= MAX_TARGET) {
      slots[index(target)] = slot;
    }
    return slot;
  }

  private int index(String target) {
    int hash = target.hashCode();
    return (hash ^ hash >>> 16) & (slots.length - 1);
  }
}
