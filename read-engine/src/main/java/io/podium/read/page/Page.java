package io.podium.read.page;

import io.podium.listing.ListingKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page as it is sent: bytes in every coding, and what its headers tell. Immutable.
 *
 * @param text key of the page, see {@link PageSpec#text}
 * @param listing whose entries it shows
 * @param epoch of the listing; 0 when nothing was ever published under the key
 * @param pinned the page of exactly that epoch, behind a cursor
 * @param products shown, eligible or not: a change of any of their cards changes the page
 * @param next path and query of the next page; null on the last one
 * @param renewAt from this moment on the cursor inside {@code next} is too old to be sent, in
 *     milliseconds since the Unix epoch
 * @param maxAge seconds
 * @param checkedAt when the content was last known to be the newest, milliseconds since the epoch
 * @param etag without quotes and without a coding's suffix
 * @param plain UTF-8 JSON
 * @param gzip the same, compressed; empty where that would not be smaller
 */
public record Page(
    String text,
    ListingKey listing,
    long epoch,
    boolean pinned,
    List<String> products,
    @Nullable String next,
    long renewAt,
    int maxAge,
    String cacheControl,
    long checkedAt,
    String etag,
    byte[] plain,
    byte[] gzip) {

  public Page {
    products = List.copyOf(products);
  }

  /** Whether the page must be encoded again before it is sent at {@code now}. */
  public boolean isWornOut(long now) {
    return now >= renewAt;
  }

  /** The coding that is sent to a client that accepts {@code wanted} best. */
  public Encoding available(Encoding wanted) {
    return wanted == Encoding.GZIP && gzip.length == 0 ? Encoding.IDENTITY : wanted;
  }

  public byte[] body(Encoding encoding) {
    return available(encoding) == Encoding.GZIP ? gzip : plain;
  }

  /** The strong entity tag of one coding, quoted. */
  public String tag(Encoding encoding) {
    return '"' + etag + encoding.suffix() + '"';
  }

  /** Value of the Link header; empty on the last page. */
  public String link() {
    return next == null ? "" : "<" + next + ">; rel=\"next\"";
  }

  /** Bytes that it takes on the heap, roughly. */
  public int weight() {
    return 512 + 64 * products.size() + plain.length + gzip.length;
  }

  public Page checkedAt(long moment) {
    return new Page(
        text,
        listing,
        epoch,
        pinned,
        products,
        next,
        renewAt,
        maxAge,
        cacheControl,
        moment,
        etag,
        plain,
        gzip);
  }
}
