package io.podium.read.hit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.podium.read.page.Page;
import org.jspecify.annotations.Nullable;

/**
 * Answers plain hits of HTTP/1.1 right behind the decoder: target, page, one buffer; and turns away
 * there what would have to be loaded while that cannot be. Whatever is unusual about a request goes
 * on to the server as if this were not there. One per event loop, shared by its connections.
 */
public final class HitLane {
  private static final String DECODER = "httpDecoder";
  private static final String ENCODER = "httpEncoder";
  private static final String LAST = "handler";

  /** Stands before the lane. */
  public interface Door {
    /** Whether requests are answered here now. */
    boolean isOpen();

    /** What a request's head must pass; depends on nothing else. */
    boolean admits(HttpHeaders headers);

    /** A request was answered here. */
    void answered();
  }

  private final Door door;
  private final Front front;
  private final Targets targets;
  private final Pages pages;
  private final HotPages hot;
  private final HeadWriter heads;
  private final Shedding shedding;
  private final Traffic traffic;

  public HitLane(
      Door door,
      Front front,
      Targets targets,
      Pages pages,
      HotPages hot,
      HeadWriter heads,
      Shedding shedding,
      Traffic traffic) {
    this.door = door;
    this.front = front;
    this.targets = targets;
    this.pages = pages;
    this.hot = hot;
    this.heads = heads;
    this.shedding = shedding;
    this.traffic = traffic;
  }

  /** Puts the lane in front of what answers everything else; nothing for HTTP/2. */
  public void attach(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    ChannelHandlerContext encoder = pipeline.context(ENCODER);
    if (encoder != null && pipeline.context(LAST) != null) {
      HitChannel hits = new HitChannel(this, encoder);
      pipeline.addBefore(LAST, "hits", hits);
      pipeline.addBefore(DECODER, "heads", new KnownHeads(hits));
    }
  }

  /**
   * The whole answer; null when the request is not for us.
   *
   * @param isKnown a GET with the version and the headers of one that was answered here
   */
  @Nullable ByteBuf answer(HttpRequest request, boolean isKnown, ChannelHandlerContext encoder) {
    boolean asks = door.isOpen() && (isKnown || isPlainRead(request));
    ByteBuf answer = asks ? find(request, encoder) : null;
    if (answer != null) {
      door.answered();
    }
    return answer;
  }

  void countKnown() {
    traffic.known();
  }

  private @Nullable ByteBuf find(HttpRequest request, ChannelHandlerContext encoder) {
    long started = System.nanoTime();
    long now = heads.now();
    Front.Slot slot = slot(request.uri(), now);
    if (slot == null) {
      return shed(request, null, now, started, encoder);
    }
    Held held = slot.held(pages);
    Page page = held == null ? null : held.page();
    if (held != null && page != null && !page.isWornOut(now)) {
      if (held.use(now / 1000)) {
        pages.find(held.text()); // tells the policy that it is in use
      }
      return heads.held(request, held, page, now, started, encoder.alloc());
    }
    if (page == null && hot.find(slot.meaning, now)) {
      return heads.stored(request, hot, slot.meaning.pulse(), now, started, encoder.alloc());
    }
    // What is kept is answered at any load, if only as of an earlier time: behind the router.
    return page != null || hot.isKept() ? null : shed(request, slot.meaning, now, started, encoder);
  }

  private @Nullable ByteBuf shed(
      HttpRequest request,
      @Nullable Meaning meaning,
      long now,
      long started,
      ChannelHandlerContext encoder) {
    return shedding.answer(
        request,
        meaning,
        encoder.channel().remoteAddress(),
        heads.date(now),
        started,
        encoder.alloc());
  }

  private Front.@Nullable Slot slot(String target, long now) {
    Front.Slot known = front.find(target, targets.book(), now);
    if (known != null) {
      return known;
    }
    Meaning meaning = targets.read(target, now);
    return meaning == null ? null : front.put(target, meaning);
  }

  /** GET or HEAD of HTTP/1.1 without a body, or an upgrade; does not depend on the moment. */
  private boolean isPlainRead(HttpRequest request) {
    HttpMethod method = request.method();
    if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
      return false;
    }
    HttpHeaders headers = request.headers();
    return request.decoderResult().isSuccess()
        && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
        && isPlain(headers.get(HttpHeaderNames.CONNECTION))
        && hasNoBody(headers)
        && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && !headers.contains(HttpHeaderNames.EXPECT)
        && !headers.contains(HttpHeaderNames.UPGRADE)
        && heads.canAnswer(headers)
        && door.admits(headers);
  }

  /** Java's own client up to 18 says a length of 0 with each GET. */
  private static boolean hasNoBody(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length == null
        || (length.equals("0") && headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size() == 1);
  }

  /** Of the connection nothing is said but what holds anyway, or that it ends. */
  private static boolean isPlain(@Nullable String connection) {
    return connection == null
        || connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close");
  }
}
