package io.podium.ranking.event;

/** Which strings of the outside are fit to be names. */
final class Text {
  /** Longest id, source or type, in UTF-16 units. */
  static final int MAX_LENGTH = 200;

  private Text() {}

  /** Not empty, not too long, without control characters and lone surrogates. */
  static boolean isName(String s) {
    if (s.isEmpty() || s.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < s.length(); i++) {
      if (Character.isISOControl(s.charAt(i))) {
        return false;
      }
    }
    return isWellFormed(s);
  }

  /** Whether it survives UTF-8: every surrogate has its other half. */
  static boolean isWellFormed(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < s.length()
                && Character.isLowSurrogate(s.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
