package io.podium.read.hit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Spares the decoder the header lines that a connection repeats byte for byte, as gateways and apps
 * do: the lane is asked with what they were decoded to when they came first.
 *
 * <p>Nothing is read here that the decoder would not read in the same way. A read is taken only
 * when it is one whole request: {@code GET}, a target of visible ASCII, and from there the very
 * bytes of an earlier read that the decoder took for one request, and the lane answered; and only
 * while the decoder has nothing left over. All else goes to the decoder untouched. Stands in front
 * of it; confined to the connection's event loop.
 */
final class KnownHeads extends ChannelInboundHandlerAdapter {
  private static final ByteBuf GET = constant("GET ");
  private static final ByteBuf VERSION = constant(" HTTP/1.1\r\n");
  private static final ByteBuf END = constant("\r\n\r\n");

  /** Each connection keeps so many bytes, and the lines that they were decoded to. */
  private static final int LONGEST_BLOCK = 1 << 10;

  private static final int MOST_LINES = 24;

  /** What the smallest limit of a request line leaves for it. */
  private static final int LONGEST_TARGET = 240;

  /** A connection that repeats nothing in so many hits is not looked at any more. */
  private static final int MOST_IN_VAIN = 8;

  /** What followed a target, from the space on, and its header lines. */
  private record Known(ByteBuf block, HttpHeaders headers) {}

  private final HitChannel hits;
  private @Nullable Known known;
  private int vain;

  /** What the decoder got so far were whole requests that the lane answered. */
  private boolean isBetween;

  KnownHeads(HitChannel hits) {
    this.hits = hits;
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (vain == MOST_IN_VAIN || !(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
      return;
    }
    Known same = known;
    HttpRequest request = isBetween && same != null ? repeated(bytes, same) : null;
    if (request == null) {
      decode(ctx, bytes);
      return;
    }
    vain = 0;
    boolean left = false;
    try {
      left = !hits.answers(request, true);
    } finally {
      if (!left) {
        bytes.release();
      }
    }
    if (left) {
      hits.pass();
      isBetween = false;
      ctx.fireChannelRead(bytes);
    } else {
      hits.countKnown();
    }
  }

  private static @Nullable HttpRequest repeated(ByteBuf bytes, Known known) {
    int at = bytes.readerIndex();
    int block = known.block().readableBytes();
    int from = at + GET.readableBytes();
    int to = bytes.writerIndex() - block;
    if (to <= from
        || to - from > LONGEST_TARGET
        || !ByteBufUtil.equals(bytes, at, GET, 0, from - at)
        || !ByteBufUtil.equals(bytes, to, known.block(), 0, block)) {
      return null;
    }
    for (int i = from; i < to; i++) {
      byte c = bytes.getByte(i);
      if (c <= ' ' || c >= 0x7F) {
        return null;
      }
    }
    String target = bytes.toString(from, to - from, StandardCharsets.ISO_8859_1);
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target, known.headers());
  }

  private void decode(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (isBetween && known != null) {
      vain++;
    }
    boolean endsHead = isAt(bytes, bytes.writerIndex() - END.readableBytes(), END);
    ByteBuf block = isBetween && endsHead ? block(bytes) : null;
    int before = hits.requests();
    ctx.fireChannelRead(bytes);
    HttpRequest last = hits.whole();
    int requests = hits.requests() - before;
    isBetween = endsHead && requests > 0 && last != null;
    if (vain == MOST_IN_VAIN) {
      known = null;
    } else if (isBetween && requests == 1 && block != null && last != null) {
      keep(block, last.headers());
    }
  }

  /** A head that is too long to be kept is one more in vain. */
  private void keep(ByteBuf block, HttpHeaders headers) {
    if (hasFewLines(headers)) {
      known = new Known(block, headers);
    } else {
      known = null;
      vain++;
    }
  }

  /** Lines are counted, not names: a name may be repeated. */
  private static boolean hasFewLines(HttpHeaders headers) {
    Iterator<?> lines = headers.iteratorCharSequence();
    for (int i = 0; i < MOST_LINES && lines.hasNext(); i++) {
      lines.next();
    }
    return !lines.hasNext();
  }

  /** A copy, as the decoder releases what it has read; null when it is not the usual head. */
  private static @Nullable ByteBuf block(ByteBuf bytes) {
    int newline = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n');
    int from = newline + 1 - VERSION.readableBytes();
    int length = bytes.writerIndex() - from;
    return length <= LONGEST_BLOCK && isAt(bytes, from, VERSION)
        ? Unpooled.wrappedBuffer(ByteBufUtil.getBytes(bytes, from, length))
        : null;
  }

  private static boolean isAt(ByteBuf bytes, int at, ByteBuf what) {
    return at >= bytes.readerIndex()
        && at + what.readableBytes() <= bytes.writerIndex()
        && ByteBufUtil.equals(bytes, at, what, 0, what.readableBytes());
  }
}
