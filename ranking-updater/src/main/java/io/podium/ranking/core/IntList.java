package io.podium.ranking.core;

import java.util.Arrays;

/** A growable list of ints. */
final class IntList {
  private int[] items = new int[8];
  private int size;

  void add(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  int get(int i) {
    return items[i];
  }

  void set(int i, int item) {
    items[i] = item;
  }

  int removeLast() {
    return items[--size];
  }

  void removeItem(int item) {
    for (int i = 0; i < size; i++) {
      if (items[i] == item) {
        items[i] = items[--size];
        return;
      }
    }
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    if (items.length > 1 << 16) {
      items = new int[8];
    }
  }
}
