package io.podium.read.hit;

import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.podium.read.page.Encoding;
import io.podium.read.page.Page;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Sends a page, with what depends on the request and the moment. Confined to one event loop. */
public final class PageWriter {
  static final CharSequence JSON = AsciiString.cached("application/json; charset=utf-8");
  private static final CharSequence CACHE_STATUS = AsciiString.cached("cache-status");
  private static final CharSequence LINK = AsciiString.cached("link");
  private static final CharSequence AGE = AsciiString.cached("age");
  private static final CharSequence ACCEPT_ENCODING = AsciiString.cached("Accept-Encoding");
  private static final String[] FRESH = new String[121];

  static {
    for (int ttl = 0; ttl < FRESH.length; ttl++) {
      FRESH[ttl] = "podium; hit; ttl=" + ttl + "; detail=\"hot\"";
    }
  }

  private final LoopClock clock;
  private final Accepts accepts = new Accepts(true);
  private final Accepts gzipOnly = new Accepts(false);
  private final Traffic traffic;
  private final Cors cors;

  public PageWriter(Clock clock, Traffic traffic, Cors cors) {
    this.clock = new LoopClock(clock);
    this.traffic = traffic;
    this.cors = cors;
  }

  public long now() {
    return clock.now();
  }

  /** The Date header's value. */
  public String date() {
    return clock.date(clock.now());
  }

  public boolean wantsGzip(@Nullable String acceptEncoding) {
    return gzipOnly.choose(acceptEncoding) == Encoding.GZIP;
  }

  /** The coding that the client accepts best. */
  public Encoding wanted(HttpServerRequest request) {
    return accepts.choose(request.headers().get(HttpHeaders.ACCEPT_ENCODING));
  }

  /** Answers from what is held; without a coding that was not made. */
  public void hit(HttpServerRequest request, Held held, Page page, long now, long started) {
    long age = Math.max(0, now - held.checkedAt(page)) / 1000;
    long ttl = page.head().maxAge() - age;
    if (ttl >= 0) {
      String status = ttl < FRESH.length ? FRESH[(int) ttl] : FRESH[FRESH.length - 1];
      write(request, page, status, 0, Traffic.Source.HOT, started);
    } else {
      write(request, page, stale(ttl, held.staleReason()), age, Traffic.Source.STALE, started);
    }
  }

  private static String stale(long ttl, String reason) {
    return "podium; hit; ttl=" + ttl + "; detail=\"hot; " + reason + "\"";
  }

  /**
   * Answers with a page that had to be loaded first.
   *
   * @param tier where it was found: {@code redis}, {@code mongo}
   */
  public void loaded(HttpServerRequest request, Page page, String tier, long started) {
    Traffic.Source source = tier.startsWith("mongo") ? Traffic.Source.MONGO : Traffic.Source.REDIS;
    write(request, page, "podium; fwd=miss; detail=\"" + tier + "\"", 0, source, started);
  }

  private void write(
      HttpServerRequest request,
      Page page,
      String cacheStatus,
      long age,
      Traffic.Source source,
      long started) {
    MultiMap asked = request.headers();
    Encoding encoding = page.available(wanted(request));
    String tag = page.coded(encoding).tag();
    HttpServerResponse response = request.response();
    MultiMap head = response.headers();
    head.add(HttpHeaders.DATE, clock.date(clock.now()));
    head.add(HttpHeaders.ETAG, tag);
    head.add(HttpHeaders.CACHE_CONTROL, page.head().cacheControl());
    head.add(HttpHeaders.VARY, ACCEPT_ENCODING);
    head.add(CACHE_STATUS, cacheStatus);
    if (age > 0) {
      head.add(AGE, Long.toString(age));
    }
    if (!page.link().isEmpty()) {
      head.add(LINK, page.link());
    }
    cors.apply(asked, head);
    int status = end(request, response, head, page, encoding, tag);
    boolean sent = status == 200 && !HttpMethod.HEAD.equals(request.method());
    traffic.answered(status, source, sent ? page.coded(encoding).body().length : 0, started);
    traffic.shown(clock.now() - page.head().asOf());
  }

  private static int end(
      HttpServerRequest request,
      HttpServerResponse response,
      MultiMap head,
      Page page,
      Encoding encoding,
      String tag) {
    if (EntityTags.matches(ifNoneMatch(request.headers()), tag)) {
      response.setStatusCode(304).end();
      return 304;
    }
    head.add(HttpHeaders.CONTENT_TYPE, JSON);
    if (encoding != Encoding.IDENTITY) {
      head.add(HttpHeaders.CONTENT_ENCODING, encoding.token());
    }
    byte[] body = page.coded(encoding).body();
    if (HttpMethod.HEAD.equals(request.method())) {
      head.add(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
      response.end();
    } else {
      response.end(shared(body));
    }
    return 200;
  }

  /** What waits for a slow client must not be one more copy of what is held. */
  public static Buffer shared(byte[] body) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(body));
  }

  /** Repeated field lines mean the same as one list. */
  public static @Nullable String ifNoneMatch(MultiMap headers) {
    String one = headers.get(HttpHeaders.IF_NONE_MATCH);
    return one == null ? null : String.join(",", headers.getAll(HttpHeaders.IF_NONE_MATCH));
  }
}
