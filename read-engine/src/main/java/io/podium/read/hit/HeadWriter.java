package io.podium.read.hit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.podium.read.page.Coded;
import io.podium.read.page.Encoding;
import io.podium.read.page.Page;
import io.podium.read.page.StoredPage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Writes a page with its head as bytes into one buffer: lines that were made ahead, and what
 * depends on the request and the moment. Confined to one event loop.
 */
public final class HeadWriter {
  private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");
  private static final byte[] NOT_MODIFIED = ascii("HTTP/1.1 304 Not Modified\r\n");
  private static final byte[] END = ascii("\r\n");
  private static final int LONGEST_TTL = 120;
  private static final byte[][] FRESH = new byte[LONGEST_TTL + 1][];

  static {
    for (int ttl = 0; ttl <= LONGEST_TTL; ttl++) {
      FRESH[ttl] = ascii("cache-status: podium; hit; ttl=" + ttl + "; detail=\"hot\"\r\n");
    }
  }

  private final LoopClock clock;
  private final Accepts accepts;
  private final Traffic traffic;
  private final Cors cors;
  private final byte[] vary;
  private long second = Long.MIN_VALUE;
  private byte[] date = new byte[0];
  private Late late = new Late(0, 0, "");

  /**
   * Lines of a page that is not known to be the newest; a board's pages share them for a second.
   */
  private static final class Late {
    final long ttl;
    final long age;
    final String reason;
    final byte[] lines;

    Late(long ttl, long age, String reason) {
      this.ttl = ttl;
      this.age = age;
      this.reason = reason;
      String status = "podium; hit; ttl=" + ttl + "; detail=\"hot; " + reason + "\"";
      this.lines = ascii("cache-status: " + status + "\r\nage: " + age + "\r\n");
    }

    boolean isOf(long ttlNow, long ageNow, String reasonNow) {
      return ttl == ttlNow && age == ageNow && reason.equals(reasonNow);
    }
  }

  public HeadWriter(Clock clock, Traffic traffic, Cors cors) {
    this.clock = new LoopClock(clock);
    this.accepts = new Accepts(true);
    this.traffic = traffic;
    this.cors = cors;
    this.vary = ascii(cors.lines("Accept-Encoding"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  long now() {
    return clock.now();
  }

  /** False for requests of other origins, whose answers depend on who asks. */
  boolean canAnswer(HttpHeaders headers) {
    return cors.isSameForAll() || !headers.contains(HttpHeaderNames.ORIGIN);
  }

  /** Answers from what is held on the heap; null when what is wanted was not coded yet. */
  @Nullable ByteBuf held(
      HttpRequest request, Held held, Page page, long now, long started, ByteBufAllocator alloc) {
    Encoding wanted = wanted(request);
    held.asks(wanted);
    if (!page.has(wanted)) {
      return null;
    }
    Coded coded = page.coded(wanted);
    boolean same = isSame(request, coded.tag());
    long age = Math.max(0, now - held.checkedAt(page)) / 1000;
    byte[] status = status(page.head().maxAge() - age, age, held.staleReason());
    byte[] shared = page.shared();
    int entity = same ? coded.tagLine() : coded.entity().length;
    int body = same || isHead(request) ? 0 : coded.body().length;
    boolean stale = age > page.head().maxAge();
    ByteBuf out = begin(request, alloc, same, status, shared.length + entity + body, now);
    out.writeBytes(shared);
    out.writeBytes(coded.entity(), 0, entity);
    out.writeBytes(END);
    out.writeBytes(coded.body(), 0, body);
    done(same, stale, body, now - page.head().asOf(), started);
    return out;
  }

  /** Answers from what was found in the hot tier; null when what is wanted is not there. */
  @Nullable ByteBuf stored(
      HttpRequest request,
      HotPages hot,
      Pulse pulse,
      long now,
      long started,
      ByteBufAllocator alloc) {
    StoredPage page = hot.page();
    byte[] bytes = page.bytes();
    Encoding wanted = wanted(request);
    if (!page.has(wanted)) {
      return null;
    }
    Encoding coding = page.available(wanted);
    int entityAt = page.entityAt(coding);
    boolean same = isSame(request, bytes, entityAt, page.tagLine(coding));
    long age = Math.max(0, now - hot.checkedAt(pulse)) / 1000;
    byte[] status = status(page.maxAge() - age, age, pulse.reason());
    int entity = same ? page.tagLine(coding) : page.entityLength(coding);
    int body = same || isHead(request) ? 0 : page.bodyLength(coding);
    boolean stale = age > page.maxAge();
    int length = page.sharedLength() + entity + body;
    ByteBuf out = begin(request, alloc, same, status, length, now);
    out.writeBytes(bytes, page.sharedAt(), page.sharedLength());
    out.writeBytes(bytes, entityAt, entity);
    out.writeBytes(END);
    out.writeBytes(bytes, page.bodyAt(coding), body);
    done(same, stale, body, now - page.asOf(), started);
    return out;
  }

  private ByteBuf begin(
      HttpRequest request,
      ByteBufAllocator alloc,
      boolean same,
      byte[] status,
      int length,
      long now) {
    byte[] line = same ? NOT_MODIFIED : OK;
    byte[] moment = date(now);
    byte[] last = Ending.line(request);
    int all = line.length + moment.length + status.length + vary.length + END.length;
    ByteBuf out = alloc.directBuffer(all + last.length + length);
    return out.writeBytes(line)
        .writeBytes(moment)
        .writeBytes(status)
        .writeBytes(vary)
        .writeBytes(last);
  }

  private void done(boolean same, boolean stale, int body, long age, long started) {
    Traffic.Source source = stale ? Traffic.Source.STALE : Traffic.Source.HOT;
    traffic.answered(same ? 304 : 200, source, body, started);
    traffic.shown(age);
  }

  /** The line of the head. */
  byte[] date(long now) {
    long at = Math.floorDiv(now, 1000);
    if (at != second) {
      second = at;
      date = ascii("date: " + clock.date(now) + "\r\n");
    }
    return date;
  }

  /** The cache status, and the age of what is stale. */
  private byte[] status(long ttl, long age, String reason) {
    if (ttl >= 0) {
      return FRESH[(int) Math.min(ttl, LONGEST_TTL)];
    }
    if (!late.isOf(ttl, age, reason)) {
      late = new Late(ttl, age, reason);
    }
    return late.lines;
  }

  private Encoding wanted(HttpRequest request) {
    return accepts.choose(request.headers().get(HttpHeaderNames.ACCEPT_ENCODING));
  }

  private static boolean isHead(HttpRequest request) {
    return HttpMethod.HEAD.equals(request.method());
  }

  private static boolean isSame(HttpRequest request, String tag) {
    HttpHeaders headers = request.headers();
    String known = headers.get(HttpHeaderNames.IF_NONE_MATCH);
    return known != null && (EntityTags.matches(known, tag) || isInAnotherLine(headers, tag));
  }

  private static boolean isSame(HttpRequest request, byte[] bytes, int entityAt, int tagLine) {
    if (!request.headers().contains(HttpHeaderNames.IF_NONE_MATCH)) {
      return false;
    }
    int name = "etag: ".length();
    return isSame(
        request,
        new String(bytes, entityAt + name, tagLine - name - 2, StandardCharsets.ISO_8859_1));
  }

  /** Repeated field lines mean the same as one list. */
  private static boolean isInAnotherLine(HttpHeaders headers, String tag) {
    for (String line : headers.getAll(HttpHeaderNames.IF_NONE_MATCH)) {
      if (EntityTags.matches(line, tag)) {
        return true;
      }
    }
    return false;
  }
}
