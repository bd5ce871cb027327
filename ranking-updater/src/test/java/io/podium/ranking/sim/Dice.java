package io.podium.ranking.sim;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Everything random of one seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Both ends included. */
  int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  /** Both ends included. */
  long between(long from, long to) {
    return random.nextLong(from, to + 1);
  }

  Duration upTo(Duration longest) {
    return Duration.ofNanos(between(0L, longest.toNanos()));
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
