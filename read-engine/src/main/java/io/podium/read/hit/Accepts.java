package io.podium.read.hit;

import io.podium.read.page.Brotli;
import io.podium.read.page.Encoding;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a content coding from Accept-Encoding (RFC 9110, 12.5.3). Remembers the headers it has
 * seen, up to a bound. Confined to one event loop.
 */
final class Accepts {
  private static final int REMEMBERED = 64;
  private static final int MAX_HEADER = 256;

  private final Map<String, Encoding> seen = new HashMap<>();
  private final boolean brotli;

  /**
   * @param brotli whether it may be chosen
   */
  Accepts(boolean brotli) {
    this.brotli = brotli && Brotli.isAvailable();
  }

  Encoding choose(@Nullable String header) {
    if (header == null) {
      return Encoding.IDENTITY;
    }
    Encoding known = seen.get(header);
    if (known != null) {
      return known;
    }
    Encoding chosen = parse(header);
    if (seen.size() < REMEMBERED && header.length() <= MAX_HEADER) {
      seen.put(header, chosen);
    }
    return chosen;
  }

  private Encoding parse(String header) {
    double br = -1;
    double gzip = -1;
    double any = -1;
    double identity = -1;
    for (String part : header.split(",", 32)) {
      int semicolon = part.indexOf(';');
      String token = (semicolon < 0 ? part : part.substring(0, semicolon)).trim();
      double quality = quality(part);
      switch (token.toLowerCase(Locale.ROOT)) {
        case "br" -> br = quality;
        case "gzip", "x-gzip" -> gzip = quality;
        case "identity" -> identity = quality;
        case "*" -> any = quality;
        default -> {}
      }
    }
    gzip = gzip >= 0 ? gzip : any;
    // A wildcard means what every client knows.
    if (brotli && br > 0 && br >= gzip && br >= identity) {
      return Encoding.BROTLI;
    }
    return gzip > 0 && gzip >= identity ? Encoding.GZIP : Encoding.IDENTITY;
  }

  /** The weight of one list item, 0 to 1; 0 when it is malformed. */
  static double quality(String item) {
    int semicolon = item.indexOf(';');
    String weight = semicolon < 0 ? "" : item.substring(semicolon + 1).trim();
    if (!weight.regionMatches(true, 0, "q=", 0, 2)) {
      return 1;
    }
    try {
      return Double.parseDouble(weight.substring(2).trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
