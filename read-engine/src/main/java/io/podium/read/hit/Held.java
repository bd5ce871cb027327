package io.podium.read.hit;

import io.podium.read.page.Page;
import io.podium.read.page.PageSpec;
import org.jspecify.annotations.Nullable;

/** The place of one page that is being read; the page in it is replaced when it changes. */
public final class Held {
  private final PageSpec spec;
  private final String text;
  private final Pulse pulse;
  private volatile @Nullable Page page;
  private volatile long era;
  private volatile long usedAt;

  Held(PageSpec spec, String text, Pulse pulse) {
    this.spec = spec;
    this.text = text;
    this.pulse = pulse;
  }

  public PageSpec spec() {
    return spec;
  }

  String text() {
    return text;
  }

  /** Null once it was dropped. */
  public @Nullable Page page() {
    return page;
  }

  /** What the page is true for: an era of the pulse; another one marks it as not checked. */
  void set(Page fresh, long freshEra) {
    era = freshEra;
    page = fresh;
  }

  void drop() {
    page = null;
  }

  /** The page that is held was checked again and is the newest. */
  public void checked(long freshEra) {
    era = freshEra;
  }

  long checkedAt(Page shown) {
    return pulse.checkedAt(era, shown.head().checkedAt());
  }

  String staleReason() {
    return pulse.reason();
  }

  /** When it was last asked for, in milliseconds since the Unix epoch, to the second. */
  public long usedAt() {
    return usedAt;
  }

  /** True on the first use within a second. */
  boolean use(long second) {
    if (usedAt == second) {
      return false;
    }
    usedAt = second;
    return true;
  }
}
