package io.podium.read.hit;

import io.podium.read.page.Page;

/** Readers of a page, without any. */
public final class Uses {
  private Uses() {}

  /** Somebody asked for the page in this second since the Unix epoch. */
  public static void use(Held held, long second) {
    held.use(second);
  }

  /** When the page was last known to be the newest, ms since the Unix epoch; 0: it is not held. */
  public static long checkedAt(Held held) {
    Page page = held.page();
    return page == null ? 0 : held.checkedAt(page);
  }
}
