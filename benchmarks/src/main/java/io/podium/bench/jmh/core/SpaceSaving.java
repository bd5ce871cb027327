package io.podium.bench.jmh.core;

import java.util.HashMap;
import java.util.Map;

/**
 * The sketch that a team reads about first (Metwally, Agrawal, El Abbadi: Efficient computation of
 * frequent and top-k elements in data streams, ICDT 2005): so many counters, the least of which is
 * taken over by whom has none, with its count. A heap by count. Rejected for charts: the counts are
 * too high by up to the least of them, nothing can be taken back, and there is no window.
 */
final class SpaceSaving {
  private static final class Counter {
    String product;
    long count;
    int place;

    Counter(String product) {
      this.product = product;
    }
  }

  private final Map<String, Counter> byProduct = new HashMap<>();
  private final Counter[] heap;
  private int used;

  /**
   * @param counters at least 1
   */
  SpaceSaving(int counters) {
    this.heap = new Counter[counters];
  }

  /**
   * @param by at least 0
   */
  void add(String product, long by) {
    Counter counter = byProduct.get(product);
    if (counter == null) {
      counter = used < heap.length ? fresh(product) : takeOver(product);
      byProduct.put(product, counter);
    }
    counter.count += by;
    sink(counter);
  }

  /** At least the true count; 0 when it has no counter. */
  long count(String product) {
    Counter counter = byProduct.get(product);
    return counter == null ? 0 : counter.count;
  }

  private Counter fresh(String product) {
    Counter counter = new Counter(product);
    counter.place = used;
    heap[used++] = counter;
    rise(counter);
    return counter;
  }

  private Counter takeOver(String product) {
    Counter least = heap[0];
    byProduct.remove(least.product);
    least.product = product;
    return least;
  }

  private void rise(Counter counter) {
    while (counter.place > 0 && heap[(counter.place - 1) / 2].count > counter.count) {
      swap(counter, heap[(counter.place - 1) / 2]);
    }
  }

  private void sink(Counter counter) {
    while (true) {
      int left = 2 * counter.place + 1;
      int right = left + 1;
      if (left >= used) {
        return;
      }
      Counter child =
          right < used && heap[right].count < heap[left].count ? heap[right] : heap[left];
      if (child.count >= counter.count) {
        return;
      }
      swap(counter, child);
    }
  }

  private void swap(Counter a, Counter b) {
    int place = a.place;
    a.place = b.place;
    b.place = place;
    heap[a.place] = a;
    heap[b.place] = b;
  }
}
