package io.podium.ranking.core;

import io.podium.listing.CodePointOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The best of one listing. Invariant: every unit (a product, or a group of them) that stands at or
 * above the floor is in the set; without a floor, all are. So the best are exact as long as enough
 * are in the set, and a unit that falls below the floor is simply dropped. When the set grows too
 * large its worst are cut off, which raises the floor; when too few are left the owner offers all
 * units again. Order: score descending, then the shown product's id.
 */
final class Candidates {
  private final Products products;
  private final int need;
  private int[] units = new int[4];
  private int[] shown = new int[4];
  private long[] hi = new long[4];
  private long[] lo = new long[4];
  private int size;
  private int[] slots = new int[8];
  private @Nullable String floorName;
  private long floorHi;
  private long floorLo;

  /**
   * @param need how many of the best are asked for
   */
  Candidates(Products products, int need) {
    this.products = products;
    this.need = need;
  }

  void reset() {
    size = 0;
    Arrays.fill(slots, 0);
    floorName = null;
  }

  /**
   * Tells a unit's score, above 0, and the product that it is shown as.
   *
   * @return whether the set changed
   */
  boolean offer(int unit, int shownAs, long high, long low) {
    if (floorName != null && isBelowFloor(shownAs, high, low)) {
      return remove(unit);
    }
    int i = slots[slot(unit)] - 1;
    if (i < 0) {
      i = append(unit);
    } else if (hi[i] == high && lo[i] == low && shown[i] == shownAs) {
      return false;
    }
    hi[i] = high;
    lo[i] = low;
    shown[i] = shownAs;
    if (size > 4 * need) {
      cut(2 * need);
    }
    return true;
  }

  boolean contains(int unit) {
    return slots[slot(unit)] != 0;
  }

  boolean remove(int unit) {
    int slot = slot(unit);
    int i = slots[slot] - 1;
    if (i < 0) {
      return false;
    }
    vacate(slot);
    size--;
    if (i != size) {
      slots[slot(units[size])] = i + 1;
      units[i] = units[size];
      shown[i] = shown[size];
      hi[i] = hi[size];
      lo[i] = lo[size];
    }
    return true;
  }

  /** Too few are left to be sure of the best. */
  boolean isThin() {
    return floorName != null && size < need;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** No unit with a score below that is in the set; 0 without a floor. */
  long floor() {
    boolean isLong = floorName != null && floorHi == 0 && floorLo >= 0;
    return isLong ? floorLo : 0;
  }

  /** Indexes of the best, best first, at most as many as needed. */
  int[] best() {
    int[] order = sorted();
    return order.length <= need ? order : Arrays.copyOf(order, need);
  }

  int unit(int i) {
    return units[i];
  }

  int shown(int i) {
    return shown[i];
  }

  long hi(int i) {
    return hi[i];
  }

  long lo(int i) {
    return lo[i];
  }

  private int compare(int a, int b) {
    int byScore = Wide.compare(hi[b], lo[b], hi[a], lo[a]);
    return byScore != 0 ? byScore : products.compare(shown[a], shown[b]);
  }

  private boolean isBelowFloor(int shownAs, long high, long low) {
    int byScore = Wide.compare(high, low, floorHi, floorLo);
    return byScore < 0
        || (byScore == 0
            && floorName != null
            && CodePointOrder.compare(products.name(shownAs), floorName) > 0);
  }

  private void cut(int keep) {
    int[] order = sorted();
    int[] kept = Arrays.copyOf(order, keep);
    int worst = kept[keep - 1];
    floorHi = hi[worst];
    floorLo = lo[worst];
    floorName = products.name(shown[worst]);
    units = pick(units, kept);
    shown = pick(shown, kept);
    hi = pick(hi, kept);
    lo = pick(lo, kept);
    size = keep;
    Arrays.fill(slots, 0);
    for (int i = 0; i < size; i++) {
      slots[slot(units[i])] = i + 1;
    }
  }

  private static int[] pick(int[] from, int[] kept) {
    int[] to = new int[from.length];
    for (int i = 0; i < kept.length; i++) {
      to[i] = from[kept[i]];
    }
    return to;
  }

  private static long[] pick(long[] from, int[] kept) {
    long[] to = new long[from.length];
    for (int i = 0; i < kept.length; i++) {
      to[i] = from[kept[i]];
    }
    return to;
  }

  private int[] sorted() {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    sort(order, new int[size], 0, size);
    return order;
  }

  /** Merge sort: comparisons are the cost, and nothing is boxed. */
  private void sort(int[] a, int[] spare, int from, int to) {
    if (to - from < 8) {
      insertionSort(a, from, to);
      return;
    }
    int mid = (from + to) >>> 1;
    sort(a, spare, from, mid);
    sort(a, spare, mid, to);
    System.arraycopy(a, from, spare, from, mid - from);
    int left = from;
    int right = mid;
    for (int i = from; left < mid; i++) {
      if (right < to && compare(a[right], spare[left]) < 0) {
        a[i] = a[right++];
      } else {
        a[i] = spare[left++];
      }
    }
  }

  private void insertionSort(int[] a, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int x = a[i];
      int j = i - 1;
      while (j >= from && compare(x, a[j]) < 0) {
        a[j + 1] = a[j];
        j--;
      }
      a[j + 1] = x;
    }
  }

  private int append(int unit) {
    if (size == units.length) {
      int grown = size * 2;
      units = Arrays.copyOf(units, grown);
      shown = Arrays.copyOf(shown, grown);
      hi = Arrays.copyOf(hi, grown);
      lo = Arrays.copyOf(lo, grown);
      slots = new int[grown * 2];
      for (int i = 0; i < size; i++) {
        slots[slot(units[i])] = i + 1;
      }
    }
    units[size] = unit;
    slots[slot(unit)] = ++size;
    return size - 1;
  }

  /** The unit's slot, or the free one where it belongs. */
  private int slot(int unit) {
    int mask = slots.length - 1;
    int s = home(unit);
    while (slots[s] != 0 && units[slots[s] - 1] != unit) {
      s = (s + 1) & mask;
    }
    return s;
  }

  private void vacate(int freed) {
    int mask = slots.length - 1;
    int hole = freed;
    for (int s = (hole + 1) & mask; slots[s] != 0; s = (s + 1) & mask) {
      int home = home(units[slots[s] - 1]);
      boolean stays = hole <= s ? hole < home && home <= s : hole < home || home <= s;
      if (!stays) {
        slots[hole] = slots[s];
        hole = s;
      }
    }
    slots[hole] = 0;
  }

  private int home(int unit) {
    return ((unit * 0x9E3779B1) >>> 7) & (slots.length - 1);
  }
}
