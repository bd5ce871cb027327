package io.podium.read.hit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns away what would have to be loaded while no more loads may begin: bytes that were made ahead
 * and a date, in one write. Confined to one event loop.
 */
public final class Shedding {
  /** What stands between requests and the stores. Never waits. */
  public interface Loads {
    /**
     * Whether the target needs a load that may not begin now; then it counts as shed. False for
     * whatever can be answered without, or by a load that is under way, and for what is malformed.
     *
     * @param meaning of a page's target; null for any other
     * @param client who asks
     */
    boolean turnAway(String target, @Nullable Meaning meaning, @Nullable SocketAddress client);
  }

  private final Loads loads;
  private final Traffic traffic;
  private final byte[] headEn;
  private final byte[] headKo;
  private final byte[] bodyEn;
  private final byte[] bodyKo;

  /**
   * @param english the problem's document
   * @param korean the same in Korean
   * @param retryAfter seconds
   */
  public Shedding(
      Loads loads, Traffic traffic, Cors cors, byte[] english, byte[] korean, int retryAfter) {
    this.loads = loads;
    this.traffic = traffic;
    this.headEn = head(cors, "en", retryAfter, english.length);
    this.headKo = head(cors, "ko", retryAfter, korean.length);
    this.bodyEn = english;
    this.bodyKo = korean;
  }

  private static byte[] head(Cors cors, String language, int retryAfter, int length) {
    String lines =
        "HTTP/1.1 503 Service Unavailable\r\nx-content-type-options: nosniff\r\n"
            + "content-type: application/problem+json\r\ncache-control: no-store\r\n"
            + ("content-language: " + language + "\r\n")
            + cors.lines("Accept-Language")
            + ("retry-after: " + retryAfter + "\r\ncontent-length: " + length + "\r\n");
    return lines.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * The whole answer; null when the request is not turned away.
   *
   * @param date the line of the head
   * @param started {@link System#nanoTime} when the request was read
   */
  @Nullable ByteBuf answer(
      HttpRequest request,
      @Nullable Meaning meaning,
      @Nullable SocketAddress client,
      byte[] date,
      long started,
      ByteBufAllocator alloc) {
    if (!loads.turnAway(request.uri(), meaning, client)) {
      return null;
    }
    boolean korean = Languages.isKorean(request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE));
    byte[] head = korean ? headKo : headEn;
    byte[] body = korean ? bodyKo : bodyEn;
    int length = HttpMethod.HEAD.equals(request.method()) ? 0 : body.length;
    byte[] last = Ending.line(request);
    ByteBuf out = alloc.directBuffer(head.length + date.length + last.length + 2 + length);
    out.writeBytes(head).writeBytes(date).writeBytes(last).writeByte('\r').writeByte('\n');
    out.writeBytes(body, 0, length);
    traffic.answered(503, Traffic.Source.SELF, length, started);
    return out;
  }
}
