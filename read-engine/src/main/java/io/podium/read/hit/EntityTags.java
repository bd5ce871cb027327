package io.podium.read.hit;

import org.jspecify.annotations.Nullable;

/** If-None-Match by weak comparison (RFC 9110, 13.1.2). */
public final class EntityTags {
  private EntityTags() {}

  /**
   * @param tag quoted
   */
  public static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    if (ifNoneMatch.equals(tag) || ifNoneMatch.trim().equals("*")) {
      return true;
    }
    int at = ifNoneMatch.indexOf(tag);
    while (at >= 0) {
      if (startsItem(ifNoneMatch, at) && endsItem(ifNoneMatch, at + tag.length())) {
        return true;
      }
      at = ifNoneMatch.indexOf(tag, at + 1);
    }
    return false;
  }

  private static boolean startsItem(String list, int at) {
    int i = at;
    if (i >= 2 && list.startsWith("W/", i - 2)) {
      i -= 2;
    }
    i--;
    while (i >= 0 && isSpace(list.charAt(i))) {
      i--;
    }
    return i < 0 || list.charAt(i) == ',';
  }

  private static boolean endsItem(String list, int end) {
    int i = end;
    while (i < list.length() && isSpace(list.charAt(i))) {
      i++;
    }
    return i == list.length() || list.charAt(i) == ',';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
