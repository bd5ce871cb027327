package io.podium.ranking.core;

import java.util.List;

/**
 * Use of each store of state against its bound.
 *
 * @param offHeapBytes all memory taken outside the heap, free blocks included
 */
public record CoreMemory(List<Store> stores, long offHeapBytes) {
  /**
   * @param name fixed word: {@code products}, {@code counters}, ...
   * @param used entries, or bytes where the name says so
   */
  public record Store(String name, long used, long bound) {}
}
