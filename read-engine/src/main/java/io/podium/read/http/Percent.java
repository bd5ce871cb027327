package io.podium.read.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strict percent-decoding (RFC 3986): whole escapes, valid UTF-8, no control characters. */
final class Percent {
  private Percent() {}

  /**
   * @param plus what a plus sign stands for: a space in form-encoded queries, else itself
   * @return null when the text is malformed
   */
  static @Nullable String decode(String text, char plus) {
    if (isItself(text, plus)) {
      return text;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length()) {
          return null;
        }
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high < 0 || low < 0 || text.charAt(i + 1) > 'f' || text.charAt(i + 2) > 'f') {
          return null;
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else if (c <= ' ' || c >= 0x7F) {
        return null;
      } else {
        bytes.put((byte) (c == '+' ? plus : c));
      }
    }
    return utf8(bytes.flip());
  }

  /** Visible ASCII without escapes: most of what is asked for. */
  private static boolean isItself(String text, char plus) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '%' || (c == '+' && plus != '+')) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String utf8(ByteBuffer bytes) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString();
      return text.chars().anyMatch(Character::isISOControl) ? null : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
