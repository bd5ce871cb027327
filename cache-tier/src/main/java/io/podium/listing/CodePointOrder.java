package io.podium.listing;

import java.util.Comparator;

/**
 * Orders strings by Unicode code point, as product and event ids are compared everywhere. {@link
 * String#compareTo} orders by UTF-16 unit, which puts supplementary characters before U+E000.
 */
public final class CodePointOrder {
  public static final Comparator<String> INSTANCE = CodePointOrder::compare;

  private CodePointOrder() {}

  public static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates stand for code points above every other unit: lift them there.
        return Integer.compare(lift(x), lift(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int lift(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
