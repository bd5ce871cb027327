package io.podium.ranking.core;

import java.nio.ByteBuffer;

/**
 * A view of what was cancelled of one order, whether the order is known or not.
 *
 * <pre>
 * 0 size, 4 kind, 8 keep until (time), 16 key (hi, lo), 32 whole order, 36 products,
 * 40 entries (product, quantity as a long), ascending by product
 * </pre>
 */
final class Cancelled {
  static final int WHOLE = 32;
  static final int PRODUCTS = 36;
  static final int ENTRIES = 40;
  static final int ENTRY = 12;

  private ByteBuffer b = ByteBuffer.allocate(0);
  private int at;
  private int products;
  private boolean whole;

  void view(Segments segments, long address) {
    products = 0;
    whole = false;
    if (address != 0) {
      b = segments.buffer(address);
      at = Segments.offset(address);
      products = b.getInt(at + PRODUCTS);
      whole = b.getInt(at + WHOLE) != 0;
    }
  }

  boolean isWhole() {
    return whole;
  }

  int products() {
    return products;
  }

  int product(int i) {
    return b.getInt(at + ENTRIES + i * ENTRY);
  }

  long quantity(int i) {
    return b.getLong(at + ENTRIES + i * ENTRY + 4);
  }

  long of(int product) {
    if (whole) {
      return Long.MAX_VALUE;
    }
    int low = 0;
    int high = products - 1;
    while (low <= high) {
      int mid = (low + high) >>> 1;
      int found = product(mid);
      if (found == product) {
        return quantity(mid);
      }
      if (found < product) {
        low = mid + 1;
      } else {
        high = mid - 1;
      }
    }
    return 0;
  }
}
