package io.podium.chaos.drill;

import java.time.Duration;

/**
 * One experiment. The five phases are called in this order, once; an object is one run's and may
 * keep in fields what one phase hands to the next. A phase that throws ends the drill as failed;
 * one that finds a promise broken says so with {@link Run#check} and goes on.
 */
public interface Drill {
  /** As in {@code podium drill NAME}: lower case, with dashes. */
  String name();

  /** What is believed to hold, in a sentence that a manager understands. */
  Words hypothesis();

  /** Whether this machine and user allow it; it is left out of {@code --all} otherwise. */
  default boolean isPossible() {
    return true;
  }

  /** A drill that takes longer has failed. */
  default Duration bound(Scale scale) {
    return scale.bound();
  }

  /** Starts what is needed, and returns when it serves as it does on a good day. */
  void steadyState(Run run) throws Exception;

  /** Begins the fault. */
  void fault(Run run) throws Exception;

  /** Watches while the fault lasts, and checks what must hold meanwhile. */
  void meanwhile(Run run) throws Exception;

  /** Ends the fault, and returns when everything serves again. */
  void recovery(Run run) throws Exception;

  /** Checks what must hold afterwards. */
  void afterwards(Run run) throws Exception;
}
