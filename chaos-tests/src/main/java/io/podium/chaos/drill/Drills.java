package io.podium.chaos.drill;

import java.util.List;
import java.util.function.Supplier;

/** Every drill there is. */
final class Drills {
  private static final List<Supplier<Drill>> ALL =
      List.of(UpdaterKilled::new, UpdaterTakeover::new);

  private Drills() {}

  /** New ones, to be run once each. */
  static List<Drill> all() {
    return ALL.stream().map(Supplier::get).toList();
  }
}
