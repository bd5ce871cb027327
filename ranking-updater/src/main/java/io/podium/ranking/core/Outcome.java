package io.podium.ranking.core;

/** What became of an event; each received event ends in exactly one of the first five. */
public enum Outcome {
  APPLIED,
  DUPLICATE,
  LATE,
  IGNORED,
  REJECTED,
  /** Its time is ahead of stream time: it is kept, and ends in APPLIED or DUPLICATE later. */
  WAITING,
  /**
   * A memory bound is reached: nothing but stream time was changed, the stream must wait and offer
   * it again.
   */
  FULL
}
