package io.podium.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Reference and candidate in turn, so that whatever else the machine does meets both. The order
 * within a round alternates.
 */
public final class Pairs {
  private final List<Sample> references = new ArrayList<>();
  private final List<Sample> candidates = new ArrayList<>();

  private double disturbance;

  private Pairs() {}

  /**
   * @param judged what of each round so far is judged
   * @param pids processes that belong to the two sides, beside this one
   * @param from share of the progress at which the first round begins; the last ends at 1
   */
  public static Pairs run(
      Rounds rounds,
      Duration length,
      Subject reference,
      Subject candidate,
      Function<Pairs, List<Double>> judged,
      List<Long> pids,
      Progress progress,
      double from) {
    Pairs pairs = new Pairs();
    Bystanders bystanders = new Bystanders(pids);
    for (int round = 0; rounds.needsMore(judged.apply(pairs), pairs.disturbance); round++) {
      boolean referenceFirst = round % 2 == 0;
      if (referenceFirst) {
        pairs.references.add(reference.run(length));
      }
      pairs.candidates.add(candidate.run(length));
      if (!referenceFirst) {
        pairs.references.add(reference.run(length));
      }
      progress.at(
          from + (1 - from) * rounds.part(round + 1),
          String.format(
              Locale.ROOT,
              "round %d: %.1f times as many a second",
              round + 1,
              pairs.ratio(round, Sample::perSecond)));
      if (rounds.isLook(round + 1)) {
        // Quiet rounds later do not make up for it.
        pairs.disturbance = Math.max(pairs.disturbance, bystanders.share());
        bystanders = new Bystanders(pids);
      }
    }
    return pairs;
  }

  /** Share of the machine that other processes took between two looks, the largest; 0 to 1. */
  public double disturbance() {
    return disturbance;
  }

  /** Candidate over reference, per round. */
  public List<Double> ratios(ToDoubleFunction<Sample> of) {
    return ratios(of, of);
  }

  /** The same where the two sides are counted differently. */
  public List<Double> ratios(
      ToDoubleFunction<Sample> ofCandidate, ToDoubleFunction<Sample> ofReference) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      ratios.add(
          ofCandidate.applyAsDouble(candidates.get(i))
              / ofReference.applyAsDouble(references.get(i)));
    }
    return ratios;
  }

  public Spread reference(ToDoubleFunction<Sample> of) {
    return Spread.of(references.stream().map(of::applyAsDouble).toList());
  }

  public Spread candidate(ToDoubleFunction<Sample> of) {
    return Spread.of(candidates.stream().map(of::applyAsDouble).toList());
  }

  private double ratio(int round, ToDoubleFunction<Sample> of) {
    return of.applyAsDouble(candidates.get(round)) / of.applyAsDouble(references.get(round));
  }
}
