package io.podium.ranking.legacy;

/** A row that cannot become part of an event; the message is its reason. */
final class RowException extends Exception {
  private static final long serialVersionUID = 1L;

  RowException(String reason) {
    super(reason, null, false, false);
  }
}
