package io.podium.read.hit;

/**
 * Until when what is held of one board is known to be the newest. Written by the refresher, read on
 * every event loop.
 */
public final class Pulse {
  private volatile long at;
  private volatile long era;
  private volatile String reason = "starting";

  /** Everything held in this era is the newest as of {@code now}. */
  public void beat(long now) {
    at = now;
  }

  /** Something may have been missed: what is held must be checked before it counts again. */
  public void newEra(long number) {
    era = number;
  }

  /** Why there is no beat, as told to clients: {@code redis-open}. */
  public void failing(String why) {
    reason = why;
  }

  public long era() {
    return era;
  }

  public String reason() {
    return reason;
  }

  /** When the page was last known to be the newest, in milliseconds since the Unix epoch. */
  long checkedAt(long pageEra, long pageCheckedAt) {
    return pageEra == era ? Math.max(at, pageCheckedAt) : pageCheckedAt;
  }
}
