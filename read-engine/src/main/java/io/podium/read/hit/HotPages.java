package io.podium.read.hit;

import io.podium.read.page.StoredPage;
import io.podium.store.hot.HotTier;

/**
 * Pages read straight from the hot tier, on one event loop: copied under a lock that is only tried,
 * and judged by what was noted as changed since they were made. Allocates nothing. Confined to its
 * loop.
 */
public final class HotPages {
  /** The hot tier. */
  public interface Source {
    /**
     * Copies a value to the start of {@code into}; never waits.
     *
     * @return its length, or below 0 when it cannot be had now: why, as {@link HotTier#read} says
     */
    int read(byte[] key, byte[] into);
  }

  /** What happened since a page was made. Safe on event loops. */
  public interface Changes {
    /** Of this process; a page of another one counts as unchecked. */
    long run();

    long era();

    /** Whether announcements are received. */
    boolean isInTouch();

    /** Whether anything of that hash code changed after the moment. */
    boolean changedSince(long moment, int name);

    /** The page is read again and again: it should be on the heap. Returns at once. */
    void promote(Meaning meaning);
  }

  /** A larger page is left to the slow path. */
  private static final int LARGEST = 128 << 10;

  private static final int REMEMBERED = 1 << 14;

  private final Source source;
  private final Changes changes;
  private final StoredPage page = new StoredPage(new byte[LARGEST]);
  private final int[] once = new int[REMEMBERED];
  private boolean kept;

  public HotPages(Source source, Changes changes) {
    this.source = source;
    this.changes = changes;
  }

  /** The one that was found last. */
  StoredPage page() {
    return page;
  }

  /**
   * Finds a page that may be sent.
   *
   * @return false when there is none, or a newer one is to be had from the stores
   */
  boolean find(Meaning meaning, long now) {
    int length = source.read(meaning.key(), page.bytes());
    boolean whole = length >= 0 && page.take(length);
    // What a writer moves just now, or has no room here, is there behind the router.
    kept = whole || length == HotTier.BUSY || length == HotTier.TOO_LARGE;
    if (!whole || now >= page.renewAt()) {
      return false;
    }
    // While the stores are away, what is held is all there is.
    if (changes.isInTouch() && !isNewest()) {
      return false;
    }
    if (isSecondUse(meaning.text())) {
      changes.promote(meaning);
    }
    return true;
  }

  /** Whether the last one that was looked for is kept, or may be: newest or not. */
  boolean isKept() {
    return kept;
  }

  private boolean isNewest() {
    if (page.run() != changes.run() || page.era() != changes.era()) {
      return false;
    }
    long moment = page.moment();
    for (int i = page.names() - 1; i >= 0; i--) {
      if (changes.changedSince(moment, page.name(i))) {
        return false;
      }
    }
    return true;
  }

  /** When what was found was last known to be the newest, in milliseconds since the epoch. */
  long checkedAt(Pulse pulse) {
    return isNewest() ? pulse.checkedAt(page.era(), page.checkedAt()) : page.checkedAt();
  }

  /** Of two pages that share a place, each forgets the other: then they stay where they are. */
  private boolean isSecondUse(String text) {
    int hash = text.hashCode();
    int at = (hash ^ hash >>> 16) & (REMEMBERED - 1);
    if (once[at] == hash) {
      once[at] = 0;
      return true;
    }
    once[at] = hash;
    return false;
  }
}
