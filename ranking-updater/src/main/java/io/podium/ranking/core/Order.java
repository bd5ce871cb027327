package io.podium.ranking.core;

import java.nio.ByteBuffer;

/**
 * A view of one remembered placement and of what was cancelled of it. Lines are grouped by product
 * and keep their order within a product. Reused: valid until it is pointed elsewhere.
 *
 * <pre>
 * 0 size, 4 kind, 8 time, 16 key (hi, lo), 32 buyer (hi, lo; 0 unknown), 48 profile, 52 currency,
 * 56 lines, 60 length of the event id and source, 64 these (UTF-8, padded), lines (product, quantity, price)
 * </pre>
 */
final class Order {
  static final int KIND = 4;
  static final int TIME = 8;
  static final int KEY = 16;
  static final int BUYER = 32;
  static final int PROFILE = 48;
  static final int CURRENCY = 52;
  static final int LINES = 56;
  static final int ID_LENGTH = 60;
  static final int ID = 64;
  static final int LINE = 12;

  long address;
  private ByteBuffer b = ByteBuffer.allocate(0);
  private int at;
  private int lineAt;
  private int lines;
  private final Cancelled cancelled = new Cancelled();

  /**
   * @param cancels the address of what was cancelled; 0: nothing
   */
  void view(Segments segments, long placement, long cancels) {
    address = placement;
    b = segments.buffer(placement);
    at = Segments.offset(placement);
    lines = b.getInt(at + LINES);
    lineAt = at + ID + ((b.getInt(at + ID_LENGTH) + 3) & ~3);
    cancelled.view(segments, cancels);
  }

  long time() {
    return b.getLong(at + TIME);
  }

  long keyHi() {
    return b.getLong(at + KEY);
  }

  long keyLo() {
    return b.getLong(at + KEY + 8);
  }

  boolean hasBuyer() {
    return b.getLong(at + BUYER + 8) != 0;
  }

  long buyerHi() {
    return b.getLong(at + BUYER);
  }

  long buyerLo() {
    return b.getLong(at + BUYER + 8);
  }

  int profile() {
    return b.getInt(at + PROFILE);
  }

  int currency() {
    return b.getInt(at + CURRENCY);
  }

  int lines() {
    return lines;
  }

  int product(int line) {
    return b.getInt(lineAt + line * LINE);
  }

  long quantity(int line) {
    return b.getInt(lineAt + line * LINE + 4);
  }

  long price(int line) {
    return b.getInt(lineAt + line * LINE + 8);
  }

  /** The line after the last one of the same product. */
  int runEnd(int line) {
    int product = product(line);
    int end = line + 1;
    while (end < lines && product(end) == product) {
      end++;
    }
    return end;
  }

  /** Units of the product that were taken back; may exceed what was placed. */
  long cancelled(int product) {
    return cancelled.of(product);
  }

  boolean isEarlierThan(Order other) {
    return compareTo(other.time(), other.b, other.at + ID, other.b.getInt(other.at + ID_LENGTH))
        < 0;
  }

  /** By (time, event id, source); texts as UTF-8, whose bytes sort like code points. */
  int compareTo(long time, ByteBuffer id, int idAt, int idLength) {
    if (time() != time) {
      return Long.compare(time(), time);
    }
    int own = b.getInt(at + ID_LENGTH);
    for (int i = 0; i < Math.min(own, idLength); i++) {
      int c = Integer.compare(b.get(at + ID + i) & 0xff, id.get(idAt + i) & 0xff);
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(own, idLength);
  }
}
