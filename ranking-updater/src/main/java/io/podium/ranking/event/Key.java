package io.podium.ranking.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A reusable 128-bit MurmurHash3 (x64) of strings and numbers. Names are remembered by it: at 10^8
 * of them the chance that any two meet is below 10^-22. Never zero, which marks an empty slot.
 */
public final class Key {
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final char[] NONE = {};

  public long hi;
  public long lo;
  private char[] chars = NONE;

  public Key start() {
    hi = 0;
    lo = 0;
    return this;
  }

  public Key add(String text) {
    int length = text.length();
    if (length > chars.length) {
      chars = new char[Math.max(64, length * 2)];
    }
    char[] c = chars;
    text.getChars(0, length, c, 0);
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      block(four(c, i), four(c, i + 4));
    }
    long a = 0;
    long b = 0;
    for (int shift = 0; i < length; i++, shift += 16) {
      if (shift < 64) {
        a |= (long) c[i] << shift;
      } else {
        b |= (long) c[i] << (shift - 64);
      }
    }
    block(a, b);
    finish(length);
    return this;
  }

  public Key add(long a, long b) {
    block(a, b);
    finish(2);
    return this;
  }

  /** The same as the text of these bytes, which are all ASCII. */
  public Key addAscii(byte[] text, int from, int length) {
    int end = from + length;
    int i = from;
    for (; i + 8 <= end; i += 8) {
      long eight = (long) EIGHT.get(text, i);
      block(spread(eight), spread(eight >>> 32));
    }
    long rest = 0;
    for (int shift = 0; i < end; i++, shift += 8) {
      rest |= (long) text[i] << shift;
    }
    block(spread(rest), spread(rest >>> 32));
    finish(length);
    return this;
  }

  /** The lower four bytes as four chars. */
  private static long spread(long bytes) {
    long b = bytes & 0xffffffffL;
    b = (b | b << 16) & 0x0000ffff0000ffffL;
    return (b | b << 8) & 0x00ff00ff00ff00ffL;
  }

  private static long four(char[] c, int i) {
    return c[i] | (long) c[i + 1] << 16 | (long) c[i + 2] << 32 | (long) c[i + 3] << 48;
  }

  private void block(long a, long b) {
    hi ^= Long.rotateLeft(a * C1, 31) * C2;
    hi = (Long.rotateLeft(hi, 27) + lo) * 5 + 0x52dce729;
    lo ^= Long.rotateLeft(b * C2, 33) * C1;
    lo = (Long.rotateLeft(lo, 31) + hi) * 5 + 0x38495ab5;
  }

  private void finish(int length) {
    long a = hi ^ length;
    long b = lo ^ length;
    a += b;
    b += a;
    a = mix(a);
    b = mix(b);
    a += b;
    b += a;
    hi = a;
    lo = b == 0 ? 1 : b;
  }

  private static long mix(long k) {
    long h = (k ^ (k >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
