package io.podium.codec;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A listing's key as one text: {@code board|dimension=value&dimension=value}, dimensions in code
 * point order, so that equal keys are equal texts. Only {@code % | = & { }}, {@code +} and control
 * characters are percent-encoded: operators can read the rest, Korean included.
 */
public final class KeyText {
  private KeyText() {}

  public static String write(ListingKey key) {
    String slice =
        key.slice().values().entrySet().stream()
            .map(e -> escape(e.getKey()) + "=" + escape(e.getValue()))
            .collect(Collectors.joining("&"));
    return escape(key.board()) + "|" + slice;
  }

  /**
   * @throws io.podium.store.StoreException CORRUPT when it is no such text
   */
  public static ListingKey read(String text) {
    int bar = text.indexOf('|');
    if (bar < 0) {
      throw Frame.corrupt("not a listing key: " + text, null);
    }
    Map<String, String> values = new TreeMap<>();
    String slice = text.substring(bar + 1);
    if (!slice.isEmpty()) {
      for (String pair : slice.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw Frame.corrupt("not a listing key: " + text, null);
        }
        values.put(unescape(pair.substring(0, equals)), unescape(pair.substring(equals + 1)));
      }
    }
    return new ListingKey(unescape(text.substring(0, bar)), Slice.of(values));
  }

  private static String escape(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c > ' ' && c != 0x7f && "%|=&{}+".indexOf(c) < 0;
      if (!plain && out == null) {
        out = new StringBuilder(text.length() + 8).append(text, 0, i);
      }
      if (out != null) {
        if (plain) {
          out.append(c);
        } else {
          out.append('%')
              .append(Character.forDigit(c >> 4, 16))
              .append(Character.forDigit(c & 15, 16));
        }
      }
    }
    return out == null ? text : out.toString();
  }

  private static String unescape(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Frame.corrupt("not a listing key: " + text, e);
    }
  }
}
