package io.podium.read.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.podium.read.hit.HitLane;
import io.podium.read.overload.Drain;

/**
 * Lets only those requests onto the lane that {@link Entrance} would let in, and that need not be
 * told in the access log. One per event loop.
 */
final class LaneDoor implements HitLane.Door {
  private final Drain drain;
  private final AccessLog log;

  LaneDoor(Drain drain, AccessLog log) {
    this.drain = drain;
    this.log = log;
  }

  @Override
  public boolean isOpen() {
    return !drain.isBegun() && log.passes();
  }

  @Override
  public boolean admits(HttpHeaders headers) {
    return !Entrance.areTooMany(headers.iteratorCharSequence()) && Entrance.isOneHost(headers);
  }

  @Override
  public void answered() {
    log.passed();
  }
}
