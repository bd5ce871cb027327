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
    if (at < json.length && json[at] > ' ') {
      // Nearly always.
      if (json[at] == c) {
        at++;
        return true;
      }
      return false;
    }
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
  boolean is(Word word) {
    return length == word.length
        && head() == word.head
        && tail() == word.tail
        && (length <= Word.TOLD_BY_ENDS || get().equals(word.text));
  }

  /** Of the last string, as in a {@link Word}. */
  long head() {
    return head(json, from, length);
  }

  /** Of the last string, as in a {@link Word}. */
  long tail() {
    return tail(json, from, length);
  }

  static long head(byte[] bytes, int from, int length) {
    if (length >= Long.BYTES) {
      return (long) EIGHT.get(bytes, from);
    }
    if (from + Long.BYTES <= bytes.length) {
      return (long) EIGHT.get(bytes, from) & ((1L << (8 * length)) - 1);
    }
    long head = 0;
    for (int i = length - 1; i >= 0; i--) {
      head = (head << 8) | bytes[from + i];
    }
    return head;
  }

  static long tail(byte[] bytes, int from, int length) {
    return length > Long.BYTES ? (long) EIGHT.get(bytes, from + length - Long.BYTES) : 0;
  }

  /** Eight bytes of the last string from its byte {@code i} on, little endian. */
  long eight(int i) {
    return (long) EIGHT.get(json, from + i);
  }

  /** Whether that byte of the last string is that one. */
  boolean isAt(int i, char c) {
    return json[from + i] == c;
  }

  /** The value of two digits of the last string; negative when one of them is none. */
  int twoDigits(int i) {
    int tens = json[from + i] - '0';
    int ones = json[from + i + 1] - '0';
    return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
  }

  /** A point and one to nine digits of the last string; negative for anything else. */
  int nanos(int start, int end) {
    if (json[from + start] != '.' || end - start < 2 || end - start > 10) {
      return -1;
    }
    int nanos = 0;
    for (int i = start + 1; i < start + 10; i++) {
      int digit = i < end ? json[from + i] - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      nanos = nanos * 10 + digit;
    }
    return nanos;
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
