package io.podium.read.page;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Names one page. Two targets that mean the same page (other order of parameters, other
 * percent-encoding) have equal specs.
 *
 * @param epoch 0: whatever is newest; else exactly this one, as told by a cursor
 * @param offset entries before this page; 0 when epoch is 0
 */
public record PageSpec(ListingKey listing, int size, long epoch, int offset) {
  public static PageSpec first(ListingKey listing, int size) {
    return new PageSpec(listing, size, 0, 0);
  }

  /** Canonical text, the page's key in every tier. */
  public String text() {
    StringBuilder text = new StringBuilder(96).append(query());
    if (epoch != 0) {
      text.append("&epoch=").append(epoch).append("&offset=").append(offset);
    }
    return text.toString();
  }

  /** Path and query of the first page. */
  public String firstPage() {
    return "/v1/rankings/" + query();
  }

  /** Path and query of the page behind a cursor. */
  public String target(String cursor) {
    return firstPage() + "&cursor=" + cursor;
  }

  private String query() {
    StringBuilder query = new StringBuilder(96).append(percent(listing.board())).append('?');
    Slice slice = listing.slice();
    slice
        .values()
        .forEach(
            (dimension, value) ->
                query
                    .append(percent(BoardView.parameter(dimension)))
                    .append('=')
                    .append(percent(value))
                    .append('&'));
    return query.append("size=").append(size).toString();
  }

  /** Percent-encodes all but RFC 3986 unreserved characters, as UTF-8. */
  public static String percent(String text) {
    byte[] utf8 = Objects.requireNonNull(text).getBytes(StandardCharsets.UTF_8);
    StringBuilder encoded = new StringBuilder(utf8.length + 8);
    for (byte b : utf8) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }

  private static char hex(int b) {
    return "0123456789ABCDEF".charAt(b & 15);
  }
}
