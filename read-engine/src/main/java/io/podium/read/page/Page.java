package io.podium.read.page;

import io.podium.listing.ListingKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page as it is sent: what its headers tell, and its bytes in the codings that were made so
 * far. Immutable; one more coding is a page in its place.
 */
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
   * @param asOf of the listing, milliseconds since the Unix epoch
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
      long asOf,
      long checkedAt) {
    public Head {
      products = List.copyOf(products);
    }

    Head checkedAt(long moment) {
      return new Head(
          text,
          listing,
          epoch,
          pinned,
          products,
          next,
          renewAt,
          maxAge,
          cacheControl,
          asOf,
          moment);
    }
  }

  private final Head head;
  private final Bodies bodies;
  private final Coded plain;
  private final @Nullable Coded gzip;
  private final @Nullable Coded brotli;
  private final String etag;
  private final String link;
  private final byte[] shared;

  /**
   * @param bodies UTF-8 JSON in all codings that were made
   * @param etag without quotes and without a coding's suffix
   */
  public Page(Head head, Bodies bodies, String etag) {
    this.head = head;
    this.bodies = bodies;
    this.etag = etag;
    this.plain = Coded.of(Encoding.IDENTITY, bodies.plain(), etag);
    this.gzip = coded(Encoding.GZIP, bodies.gzip(), etag);
    this.brotli = coded(Encoding.BROTLI, bodies.brotli(), etag);
    this.link = head.next() == null ? "" : "<" + head.next() + ">; rel=\"next\"";
    this.shared =
        ("cache-control: "
                + head.cacheControl()
                + "\r\n"
                + (link.isEmpty() ? "" : "link: " + link + "\r\n"))
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static @Nullable Coded coded(Encoding encoding, byte @Nullable [] body, String etag) {
    return body == null || body.length == 0 ? null : Coded.of(encoding, body, etag);
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

  /** Whether this coding was made, or found not to pay: then clients of it can be answered. */
  public boolean has(Encoding coding) {
    return bodies.body(coding) != null;
  }

  /** The same page with one coding more. Compresses: not for an event loop. */
  public Page with(Encoding coding) {
    return has(coding) ? this : new Page(head, bodies.with(coding), etag);
  }

  /** The coding that is sent to a client that accepts {@code wanted} best. */
  public Encoding available(Encoding wanted) {
    return find(wanted) == null ? Encoding.IDENTITY : wanted;
  }

  /** The page in the coding that is wanted, or as it is where that would not be smaller. */
  public Coded coded(Encoding wanted) {
    Coded found = find(wanted);
    return found == null ? plain : found;
  }

  private @Nullable Coded find(Encoding wanted) {
    return switch (wanted) {
      case BROTLI -> brotli;
      case GZIP -> gzip;
      case IDENTITY -> plain;
    };
  }

  /** Header lines that are the same in every coding. */
  public byte[] shared() {
    return shared;
  }

  /** Value of the Link header; empty on the last page. */
  public String link() {
    return link;
  }

  /** Bytes that it takes on the heap, roughly. */
  public int weight() {
    int bytes = 1024 + shared.length + 64 * products().size() + plain.body().length;
    bytes += gzip == null ? 0 : gzip.body().length;
    return bytes + (brotli == null ? 0 : brotli.body().length);
  }

  public Page checkedAt(long moment) {
    return new Page(head.checkedAt(moment), bodies, etag);
  }

  /** Without quotes and without the suffix of a coding. */
  public String etag() {
    return etag;
  }
}
