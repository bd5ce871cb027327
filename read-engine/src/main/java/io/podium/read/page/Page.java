package io.podium.read.page;

import io.podium.listing.ListingKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page as it is sent: what its headers tell, and its bytes in every coding. Immutable. */
public final class Page {
  /**
   * All but the bytes.
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
   */
  public record Head(
      String text,
      ListingKey listing,
      long epoch,
      boolean pinned,
      List<String> products,
      @Nullable String next,
      long renewAt,
      int maxAge,
      String cacheControl,
      long checkedAt) {
    public Head {
      products = List.copyOf(products);
    }

    Head checkedAt(long moment) {
      return new Head(
          text, listing, epoch, pinned, products, next, renewAt, maxAge, cacheControl, moment);
    }
  }

  private final Head head;
  private final byte[] plain;
  private final byte[] gzip;
  private final String plainTag;
  private final String gzipTag;
  private final String link;

  /**
   * @param plain UTF-8 JSON
   * @param gzip the same, compressed; empty where that would not be smaller
   * @param etag without quotes and without a coding's suffix
   */
  public Page(Head head, byte[] plain, byte[] gzip, String etag) {
    this.head = head;
    this.plain = plain;
    this.gzip = gzip;
    this.plainTag = '"' + etag + Encoding.IDENTITY.suffix() + '"';
    this.gzipTag = '"' + etag + Encoding.GZIP.suffix() + '"';
    this.link = head.next() == null ? "" : "<" + head.next() + ">; rel=\"next\"";
  }

  public Head head() {
    return head;
  }

  public String text() {
    return head.text();
  }

  public long epoch() {
    return head.epoch();
  }

  public List<String> products() {
    return head.products();
  }

  /** Whether the page must be encoded again before it is sent at {@code now}. */
  public boolean isWornOut(long now) {
    return now >= head.renewAt();
  }

  /** The coding that is sent to a client that accepts {@code wanted} best. */
  public Encoding available(Encoding wanted) {
    return wanted == Encoding.GZIP && gzip.length == 0 ? Encoding.IDENTITY : wanted;
  }

  /** The bytes of an available coding; not to be changed. */
  public byte[] body(Encoding encoding) {
    return encoding == Encoding.GZIP ? gzip : plain;
  }

  /** The strong entity tag of one coding, quoted. */
  public String tag(Encoding encoding) {
    return encoding == Encoding.GZIP ? gzipTag : plainTag;
  }

  /** Value of the Link header; empty on the last page. */
  public String link() {
    return link;
  }

  /** Bytes that it takes on the heap, roughly. */
  public int weight() {
    return 512 + 64 * products().size() + plain.length + gzip.length;
  }

  public Page checkedAt(long moment) {
    return new Page(head.checkedAt(moment), plain, gzip, etag());
  }

  String etag() {
    return plainTag.substring(1, plainTag.length() - 1);
  }
}
