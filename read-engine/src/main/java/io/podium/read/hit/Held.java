package io.podium.read.hit;

import io.podium.read.page.Encoding;
import io.podium.read.page.Page;
import io.podium.read.page.PageSpec;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The place of one page that is being read; the page in it is replaced when it changes. */
public final class Held {
  private static final Encoding[] CODINGS = Encoding.values();
  private static final long LATELY_MS = 10_000;

  private final PageSpec spec;
  private final String text;
  private final Pulse pulse;
  private volatile @Nullable Page page;
  private volatile long era;
  private volatile long usedAt;

  /** Places of codings that were asked for since {@link #turned}, and in the time before it. */
  private final AtomicInteger asked = new AtomicInteger();

  private int askedBefore;
  private long turned;

  Held(PageSpec spec, String text, Pulse pulse) {
    this.spec = spec;
    this.text = text;
    this.pulse = pulse;
  }

  public PageSpec spec() {
    return spec;
  }

  /** As {@link PageSpec#text} of {@link #spec}, made once. */
  public String text() {
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

  /** Whether this is what tells how long it is true; a board that comes back has another one. */
  boolean beatsWith(Pulse other) {
    return pulse == other;
  }

  long checkedAt(Page shown) {
    return pulse.checkedAt(era, shown.head().checkedAt());
  }

  String staleReason() {
    return pulse.reason();
  }

  /** The same page in one coding more. */
  void refine(Page more) {
    page = more;
  }

  /** Someone accepts this coding best. Writes only when nobody did lately. */
  public void asks(Encoding coding) {
    int bit = 1 << coding.place();
    if ((asked.getPlain() & bit) == 0) {
      asked.getAndAccumulate(bit, (before, more) -> before | more);
    }
  }

  /**
   * The codings that were asked for lately, which are made ahead when the page is encoded again;
   * others wait until someone asks.
   *
   * @param now milliseconds
   */
  public synchronized Set<Encoding> lately(long now) {
    if (now - turned >= LATELY_MS) {
      turned = now;
      askedBefore = asked.getAndSet(0);
    }
    int bits = askedBefore | asked.get();
    Set<Encoding> codings = EnumSet.noneOf(Encoding.class);
    for (Encoding coding : CODINGS) {
      if ((bits & 1 << coding.place()) != 0) {
        codings.add(coding);
      }
    }
    return codings;
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
