package io.podium.read.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and reads cursors: epoch, offset and time of issue, authenticated together with board,
 * slice and size by HMAC-SHA-256, so that any node with the same key accepts them, after restarts
 * too, and nobody else can make one.
 *
 * <p>The time of issue is cut to a grid of {@code ttl / 10}: nodes that encode the same epoch at
 * about the same time send the same bytes and the same ETag. A page is encoded again when its grid
 * and the next step are over, so a cursor is good for at least {@code ttl} after it was sent, and
 * for at most {@code ttl} and two grid steps. Each page has a grid of its own, the same on every
 * node, so that not all of them are encoded again at the same moment.
 */
public final class Cursors {
  /** What a text is; only OK carries an epoch and an offset. */
  public enum Verdict {
    OK,
    EXPIRED,
    /** Not a cursor of this page: forged, truncated, or of another board, slice or size. */
    FORGED
  }

  /**
   * @param until milliseconds since the Unix epoch at which the cursor expires
   */
  public record Read(Verdict verdict, long epoch, int offset, long until) {}

  private static final byte VERSION = 1;
  private static final int BODY = 1 + 8 + 4 + 8;
  private static final int MAC = 16;

  /** Names that differ by little are far apart once multiplied by it. */
  private static final int SCATTER = 0x9e3779b9;

  private static final Read NOT_OURS = new Read(Verdict.FORGED, 0, 0, 0);

  private final SecretKeySpec key;

  public Cursors(byte[] secret) {
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /**
   * The step of {@code now} in the page's grid, in milliseconds since the Unix epoch.
   *
   * @param page its {@link PageSpec#text}
   */
  public static long issue(Duration ttl, String page, long now) {
    long grid = grid(ttl);
    int scattered = page.hashCode() * SCATTER;
    long start = Math.floorMod(scattered, grid);
    return Math.floorDiv(now - start, grid) * grid + start;
  }

  private static long grid(Duration ttl) {
    return Math.max(100, ttl.toMillis() / 10);
  }

  /** From when on a cursor issued then is too old to be sent. */
  public static long renewAt(Duration ttl, long issued) {
    return issued + 2 * grid(ttl);
  }

  /** The cursor of the page that {@code next} names, as base64url. */
  public String make(PageSpec next, long issued) {
    ByteBuffer bytes = ByteBuffer.allocate(BODY + MAC);
    bytes.put(VERSION).putLong(next.epoch()).putInt(next.offset()).putLong(issued);
    bytes.put(mac(next, bytes.array()), 0, MAC);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * @param first the page asked for without its cursor
   */
  public Read read(String text, PageSpec first, Duration ttl, long now) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return NOT_OURS;
    }
    if (bytes.length != BODY + MAC || bytes[0] != VERSION || !text.equals(canonical(bytes))) {
      return NOT_OURS;
    }
    byte[] expected = Arrays.copyOf(mac(first, bytes), MAC);
    if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, BODY, BODY + MAC))) {
      return NOT_OURS;
    }
    ByteBuffer body = ByteBuffer.wrap(bytes, 1, BODY - 1);
    long epoch = body.getLong();
    int offset = body.getInt();
    long until = body.getLong() + ttl.toMillis() + 2 * grid(ttl);
    return new Read(now < until ? Verdict.OK : Verdict.EXPIRED, epoch, offset, until);
  }

  /** Base64 has spare bits at the end: only one spelling of a cursor is accepted. */
  private static String canonical(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] mac(PageSpec spec, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(body, 0, BODY);
      return mac.doFinal(
          PageSpec.first(spec.listing(), spec.size()).text().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }
}
