package io.podium.bench.updater;

import java.util.SplittableRandom;

/**
 * Draws from a Zipf distribution of exponent 1 in constant time (alias method, Vose 1991). The
 * popular ones are spread over the range, so that neither ids nor memory are in order of
 * popularity.
 */
public final class Zipf {
  private final double[] chance;
  private final int[] alias;
  private final int[] of;
  private final SplittableRandom random;

  public Zipf(int n, SplittableRandom random) {
    this.random = random;
    this.chance = new double[n];
    this.alias = new int[n];
    this.of = shuffled(n, random);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 1.0 / (i + 1);
    }
    fill(n, n / sum);
  }

  /** 0 to n - 1. */
  public int next() {
    int column = random.nextInt(chance.length);
    return of[random.nextDouble() < chance[column] ? column : alias[column]];
  }

  private void fill(int n, double scale) {
    int[] small = new int[n];
    int[] large = new int[n];
    int smalls = 0;
    int larges = 0;
    for (int i = 0; i < n; i++) {
      chance[i] = scale / (i + 1);
      if (chance[i] < 1) {
        small[smalls++] = i;
      } else {
        large[larges++] = i;
      }
    }
    while (smalls > 0 && larges > 0) {
      int less = small[--smalls];
      int more = large[larges - 1];
      alias[less] = more;
      chance[more] -= 1 - chance[less];
      if (chance[more] < 1) {
        larges--;
        small[smalls++] = more;
      }
    }
    // What rounding left over is a whole column.
    while (larges > 0) {
      chance[large[--larges]] = 1;
    }
    while (smalls > 0) {
      chance[small[--smalls]] = 1;
    }
  }

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] of = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      of[i] = of[j];
      of[j] = i;
    }
    return of;
  }
}
