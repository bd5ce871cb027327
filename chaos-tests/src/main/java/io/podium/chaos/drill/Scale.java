package io.podium.chaos.drill;

/** How much of a drill is run. */
public enum Scale {
  /** In the test suite: seconds, and correctness only. */
  SHORT,
  /** On demand: minutes. */
  LONG
}
