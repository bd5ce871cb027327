package io.podium.ranking.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * JSON read from its start, token by token, as far as it is plain: strings of printable ASCII
 * without escapes, integers without sign, fraction and exponent. A method that answers false has
 * met something else.
 */
final class PlainText {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final int DELETE = 0x7f;

  final byte[] json;

  /** Where the last string or number stands. */
  int from;

  int length;
  private int at;

  PlainText(byte[] json) {
    this.json = json;
  }

  /** Goes past a character of the syntax and the white space before it, if it stands there. */
  boolean skip(char c) {
    skipWhiteSpace();
    if (at < json.length && json[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  boolean atEnd() {
    skipWhiteSpace();
    return at == json.length;
  }

  private void skipWhiteSpace() {
    while (at < json.length && isWhiteSpace(json[at])) {
      at++;
    }
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** A member's name; {@link #colonFollows} goes on. */
  boolean name() {
    return string() && length <= Text.MAX_LENGTH;
  }

  /** Goes to a member's value; its name stays the last string. */
  boolean colonFollows() {
    return skip(':');
  }

  boolean string() {
    if (!skip('"')) {
      return false;
    }
    from = at;
    at = endOfPrintable(at);
    if (at == json.length || json[at] != '"') {
      return false;
    }
    length = at++ - from;
    return true;
  }

  /** The first byte that is a quote, a backslash, a control character or not ASCII. */
  private int endOfPrintable(int start) {
    int i = start;
    for (; i + 8 <= json.length; i += 8) {
      long b = (long) EIGHT.get(json, i);
      long stops =
          zeros(b ^ '"' * ONES)
              | zeros(b ^ '\\' * ONES)
              | zeros(b ^ DELETE * ONES)
              | ((b - ' ' * ONES) & ~b)
              | b;
      stops &= TOPS;
      if (stops != 0) {
        // Borrows make false stops, but only behind a true one.
        return i + Long.numberOfTrailingZeros(stops) / 8;
      }
    }
    while (i < json.length && isPrintable(json[i])) {
      i++;
    }
    return i;
  }

  private static long zeros(long b) {
    return (b - ONES) & ~b;
  }

  private static boolean isPrintable(byte b) {
    return b >= ' ' && b != '"' && b != '\\' && b != DELETE;
  }

  /** Whether the last string is that one. */
  boolean is(String ascii) {
    if (ascii.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (json[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isNameLength() {
    return length > 0 && length <= Text.MAX_LENGTH;
  }

  String get() {
    return new String(json, from, length, StandardCharsets.ISO_8859_1);
  }

  /** How many digits make a number here; 0: none, or more than digits. */
  int digits() {
    skipWhiteSpace();
    from = at;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    length = at - from;
    boolean leadingZero = length > 1 && json[from] == '0';
    return leadingZero || !endsHere() ? 0 : length;
  }

  private boolean endsHere() {
    if (at == json.length) {
      return false;
    }
    byte b = json[at];
    return b == ',' || b == '}' || b == ']' || isWhiteSpace(b);
  }

  /** The value of the digits. */
  long number() {
    long value = 0;
    for (int i = from; i < from + length; i++) {
      value = value * 10 + (json[i] - '0');
    }
    return value;
  }
}
