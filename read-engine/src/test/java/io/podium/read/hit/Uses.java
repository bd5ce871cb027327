package io.podium.read.hit;

/** Readers of a page, without any. */
public final class Uses {
  private Uses() {}

  /** Somebody asked for the page in this second since the Unix epoch. */
  public static void use(Held held, long second) {
    held.use(second);
  }
}
