package io.podium.ranking.sim;

import io.podium.listing.ListingKey;
import io.podium.ranking.oracle.Case;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that one seed proves: its scenario as told, and the same events in another order. */
final class Seed {
  private final long seed;

  Seed(long seed) {
    this.seed = seed;
  }

  /**
   * @param failure null when core and oracle agree throughout
   */
  record Result(Set<Case> hit, @Nullable Throwable failure) {}

  Result run() {
    Set<Case> hit = EnumSet.noneOf(Case.class);
    try (Simulation told = new Simulation(Scenario.of(seed))) {
      hit.addAll(told.run().hit());
      shuffled(told, hit);
      return new Result(hit, null);
    } catch (Exception | AssertionError e) {
      return new Result(hit, e);
    }
  }

  private void shuffled(Simulation told, Set<Case> hit) throws IOException {
    Scenario other = Shuffle.of(Scenario.of(seed), told.oracle().accepted(), new Dice(~seed));
    try (Simulation shuffled = new Simulation(other)) {
      shuffled.run();
      if (!shuffled.anyLost()) {
        Map<ListingKey, String> hashes = told.hashes();
        Difference.unless(
            hashes.equals(shuffled.hashes()), "shuffled hashes", hashes, shuffled.hashes());
        hit.add(Case.SHUFFLED);
      }
    }
  }

  /** What differs, without its values: while steps are left out, one fault must not become another. */
  private static String kind(@Nullable Throwable failure) {
    String message = failure == null ? "" : failure.toString();
    return message.lines().findFirst().orElse("").replaceAll(" of .*", "");
  }

  /** The fewest steps that still fail, and how. */
  String explain() {
    Result result = run();
    Throwable failure = result.failure();
    if (failure == null) {
      return "seed " + seed + ": core and oracle agree";
    }
    Scenario scenario = Scenario.of(seed);
    Scenario fewest = scenario;
    if (Simulation.failureOf(scenario) != null) {
      String kind = kind(failure);
      fewest = Shrink.of(scenario, s -> kind.equals(kind(Simulation.failureOf(s))));
      failure = Simulation.failureOf(fewest);
    }
    StringBuilder text = new StringBuilder("seed " + seed + ": " + failure + "\n");
    fewest.boards().forEach(b -> text.append("  ").append(b).append('\n'));
    if (fewest.steps().size() < scenario.steps().size()) {
      fewest.steps().forEach(s -> text.append("  ").append(s).append('\n'));
    }
    if (failure != null && !(failure instanceof Difference)) {
      for (StackTraceElement at : failure.getStackTrace()) {
        text.append("    at ").append(at).append('\n');
      }
    }
    return text.toString();
  }
}
