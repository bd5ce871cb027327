package io.podium.demo;

import java.util.Arrays;
import java.util.Random;

/**
 * Who is how popular: Zipf over ranks, and ranks that drift. Few products are bought often, most
 * hardly ever, and which ones changes by the minute. Not thread-safe.
 */
final class Popularity {
  private final Random random;
  private final double[] cumulative;
  private final int[] atRank;

  Popularity(int size, double exponent, Random random) {
    this.random = random;
    this.cumulative = new double[size];
    this.atRank = new int[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += 1 / Math.pow(i + 3, exponent);
      cumulative[i] = sum;
      atRank[i] = i;
    }
  }

  /** An index from 0 up to the size, the popular ones more often. */
  int next() {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return atRank[Math.min(atRank.length - 1, found < 0 ? -found - 1 : found)];
  }

  /** Neighbours change places, and now and then something becomes the talk of the town. */
  void drift() {
    for (int i = 0; i < 12; i++) {
      swap(random.nextInt(atRank.length - 3), 1 + random.nextInt(3));
    }
    if (random.nextInt(10) == 0) {
      int from = 40 + random.nextInt(atRank.length - 40);
      int to = random.nextInt(20);
      int risen = atRank[from];
      System.arraycopy(atRank, to, atRank, to + 1, from - to);
      atRank[to] = risen;
    }
  }

  private void swap(int i, int by) {
    int j = Math.min(atRank.length - 1, i + by);
    int kept = atRank[i];
    atRank[i] = atRank[j];
    atRank[j] = kept;
  }
}
