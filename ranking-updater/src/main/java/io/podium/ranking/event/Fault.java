package io.podium.ranking.event;

/** Ends the reading of one event; cheap, because bad input may come in floods. */
final class Fault extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  Fault(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
