package io.podium.chaos.harness;

/** Ends several things: each of them, whatever came of the one before. */
public final class Closing {
  private Closing() {}

  /**
   * In this order.
   *
   * @throws IllegalStateException when one of them did not end as it should
   */
  public static void all(Iterable<? extends AutoCloseable> resources) {
    IllegalStateException failure = null;
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException("not everything ended as it should: " + e, e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
