package io.podium.read.hit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses between English and Korean by Accept-Language (RFC 9110, 12.5.4). */
public final class Languages {
  private Languages() {}

  /** True when Korean is wanted more than English; English is what others get. */
  public static boolean isKorean(@Nullable String header) {
    if (header == null) {
      return false;
    }
    double korean = 0;
    double english = 0;
    for (String part : header.toLowerCase(Locale.ROOT).split(",", 32)) {
      String tag = part.trim();
      if (tag.startsWith("ko")) {
        korean = Math.max(korean, Accepts.quality(tag));
      } else if (tag.startsWith("en")) {
        english = Math.max(english, Accepts.quality(tag));
      }
    }
    return korean > english || (korean > 0 && korean == english && koreanFirst(header));
  }

  private static boolean koreanFirst(String header) {
    String lower = header.toLowerCase(Locale.ROOT);
    return lower.indexOf("ko") < lower.indexOf("en");
  }
}
