package io.podium.chaos.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer that one client got, or did not get.
 *
 * @param dueNanos when it was meant to be asked; all moments in nanoseconds of one run's clock
 * @param sentNanos when it was asked
 * @param receivedNanos when the answer was there
 * @param client number of the client
 * @param node the read engine that was asked
 * @param url without the node
 * @param status 0: the connection was refused or reset; {@link #NOT_IN_TIME}: nothing came
 * @param tier where it came from: hot, redis, mongo, stale, or empty
 * @param isStale whether it says that it may be old
 * @param page null when there is none, or what came cannot be read as one
 */
public record Answer(
    long dueNanos,
    long sentNanos,
    long receivedNanos,
    int client,
    String node,
    String url,
    int status,
    String tier,
    boolean isStale,
    @Nullable Page page) {
  /** The client gave up, or could not ask. */
  public static final int NOT_IN_TIME = -1;

  /**
   * What a page tells.
   *
   * @param epoch 0: a known slice of which no listing was found
   * @param ageMillis wall clock at its arrival minus its asOf
   * @param wrongCard the first product that is shown with another card than its own; empty: none
   */
  public record Page(
      long epoch,
      String hash,
      long ageMillis,
      int total,
      List<Integer> ranks,
      List<String> ids,
      String wrongCard) {
    /**
     * Cards as told, ranks one after the other, no product twice, and as many as there are up to
     * {@code size}.
     */
    public boolean isWhole(int first, int size) {
      int expected = Math.max(0, Math.min(size, total - first + 1));
      for (int i = 0; i < ranks.size(); i++) {
        if (ranks.get(i) != first + i) {
          return false;
        }
      }
      return wrongCard.isEmpty()
          && ranks.size() == expected
          && ids.stream().distinct().count() == ids.size();
    }
  }

  public long latencyNanos() {
    return receivedNanos - dueNanos;
  }

  public boolean isOk() {
    return status == 200 && page != null && page.epoch() > 0;
  }
}
