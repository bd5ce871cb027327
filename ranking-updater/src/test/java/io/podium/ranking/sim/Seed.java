package io.podium.ranking.sim;

import io.podium.listing.ListingKey;
import io.podium.ranking.oracle.Case;
import io.podium.ranking.oracle.Intake;
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
    Scenario scenario = Scenario.of(seed);
    try (Simulation told = new Simulation(scenario)) {
      hit.addAll(told.run().hit());
      if (!told.anyFull()) {
        shuffled(told, hit);
      }
      Dice dice = new Dice(seed * 31);
      if (!scenario.isTight() && dice.chance(ranksGroups(scenario) ? 0.4 : 0.05)) {
        try (Parts parts = new Parts(scenario, dice.between(1, 16))) {
          Difference.unless(
              told.hashes().equals(parts.run()), "merged hashes", "seed " + seed, "", "");
          hit.add(Case.PARTITIONED);
        }
      }
      if (dice.chance(0.2)) {
        RankedAt.check(scenario, dice);
        hit.add(Case.RANKED_AT);
      }
      return new Result(hit, null);
    } catch (Exception | AssertionError e) {
      return new Result(hit, e);
    }
  }

  private Scenario shuffle(Scenario scenario) {
    Intake intake = new Intake(scenario.boards(), Simulation.MAX_AHEAD);
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Arrive arrive) {
        intake.apply(arrive.event(), arrive.receivedAtMillis());
      } else if (step instanceof Step.Advance advance) {
        intake.advance(advance.wallMillis());
      }
    }
    return Shuffle.of(scenario, intake.accepted(), new Dice(~seed));
  }

  private void shuffled(Simulation told, Set<Case> hit) throws IOException {
    Scenario other = shuffle(Scenario.of(seed));
    try (Simulation shuffled = new Simulation(other)) {
      shuffled.run();
      if (!shuffled.anyLost() && !shuffled.anyFull()) {
        Map<ListingKey, String> hashes = told.hashes();
        Difference.unless(
            hashes.equals(shuffled.hashes()),
            "shuffled hashes",
            "seed " + seed,
            hashes,
            shuffled.hashes());
        hit.add(Case.SHUFFLED);
      }
    }
  }

  /**
   * What differs, without its values: while steps are left out, one fault must not become another.
   */
  private static String kind(@Nullable Throwable failure) {
    String message = failure == null ? "" : failure.toString();
    return message.lines().findFirst().orElse("").replaceAll(" of .*", "");
  }

  private static boolean ranksGroups(Scenario scenario) {
    return scenario.boards().stream().anyMatch(b -> b.rankBy() != null);
  }

  /** The fewest steps that still fail, and how. */
  String explain() {
    Result result = run();
    Throwable failure = result.failure();
    if (failure == null) {
      return "seed " + seed + ": core and oracle agree";
    }
    Scenario scenario = Scenario.of(seed);
    if (Simulation.failureOf(scenario) == null) {
      scenario = shuffle(scenario);
    }
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
