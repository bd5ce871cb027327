package io.podium.read.overload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection from in front of the HTTP decoder: refuses lines that could be read in two
 * ways, and tells {@link Sweeps}, which asks once a second, since when a head is unfinished, the
 * client does not take its answers, or nothing moves; for HTTP/2 also of single streams. Confined
 * to the connection's event loop.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
  private static final byte[] REFUSAL =
      ("HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\n"
              + "cache-control: no-store\r\nconnection: close\r\ncontent-length: 117\r\n\r\n"
              + "{\"type\":\"/docs#malformed-request\",\"title\":\"Malformed request\","
              + "\"status\":400,\"detail\":\"The request is not valid HTTP.\"}")
          .getBytes(StandardCharsets.US_ASCII);

  /** Answers that may wait for a client that goes on sending requests without reading. */
  private static final long MAX_UNREAD = 1 << 20;

  private final Sweeps sweeps;
  private final HeadLines lines = new HeadLines();
  private ChannelHandlerContext context;
  private @Nullable Http2Streams streams;
  private boolean isFirstRead;
  private boolean isOver;

  /** {@link System#nanoTime}; 0 while no head is unfinished. */
  private long headSince;

  /** {@link System#nanoTime}; 0 while the client takes its answers. */
  private long unreadSince;

  /** Something was read or written since {@link #isIdleFor} was asked last. */
  private boolean isMoving = true;

  /** {@link System#nanoTime} at which it was last seen that something moves. */
  private long idleSince = System.nanoTime();

  ConnectionGuard(Sweeps sweeps) {
    this(sweeps, true);
  }

  @SuppressWarnings("NullAway.Init") // context comes with handlerAdded, before anything else
  private ConnectionGuard(Sweeps sweeps, boolean mayBeBeforeTls) {
    this.sweeps = sweeps;
    this.isFirstRead = mayBeBeforeTls;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    if (ctx.channel().isRegistered()) {
      sweeps.add(this, ctx.executor());
    }
  }

  @Override
  public void channelRegistered(ChannelHandlerContext ctx) {
    sweeps.add(this, ctx.executor());
    ctx.fireChannelRegistered();
  }

  @Override
  public void channelUnregistered(ChannelHandlerContext ctx) {
    sweeps.remove(this, ctx.executor());
    ctx.fireChannelUnregistered();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    isMoving = true;
    if (isFirstRead && ctx.pipeline().get(SslHandler.class) != null) {
      moveBehindTls(ctx, message);
      return;
    }
    isFirstRead = false;
    if (isOver || unread() > MAX_UNREAD) {
      ReferenceCountUtil.release(message);
      cut();
    } else if (message instanceof ByteBuf bytes && !lines.accepts(bytes)) {
      refuse(ctx, bytes);
    } else {
      if (lines.isBetween()) {
        headSince = 0;
      } else if (headSince == 0
          || (message instanceof ByteBuf b && lines.head() > b.readerIndex())) {
        headSince = now();
      }
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    isMoving = true;
    ctx.flush();
  }

  /** What came before the refused head is answered; then nothing more is read. */
  private void refuse(ChannelHandlerContext ctx, ByteBuf bytes) {
    isOver = true;
    int good = lines.head() - bytes.readerIndex();
    if (good == 0) {
      bytes.release();
      ctx.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL)).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    ctx.fireChannelRead(bytes.writerIndex(lines.head()));
    ctx.fireChannelReadComplete();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** What is encrypted tells nothing: the guard goes where the text is. */
  private void moveBehindTls(ChannelHandlerContext ctx, Object message) {
    String tls = ctx.pipeline().context(SslHandler.class).name();
    sweeps.remove(this, ctx.executor());
    ctx.pipeline().addAfter(tls, null, new ConnectionGuard(sweeps, false));
    ctx.pipeline().remove(this);
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    unreadSince = ctx.channel().isWritable() ? 0 : now();
    ctx.fireChannelWritabilityChanged();
  }

  private static long now() {
    return System.nanoTime() | 1; // 0 means never
  }

  /** From now on it is HTTP/2. */
  void watch(Http2Streams http2) {
    streams = http2;
  }

  boolean isSlowerThan(long nanos) {
    return isWhollySlowerThan(nanos) || (streams != null && !streams.slowerThan(nanos).isEmpty());
  }

  private boolean isWhollySlowerThan(long nanos) {
    long now = System.nanoTime();
    return (headSince != 0 && now - headSince > nanos)
        || (unreadSince != 0 && now - unreadSince > nanos);
  }

  /**
   * Whether nothing has moved for so long; asked now and then, and seen only then. What is written
   * to a client that does not take it does not move.
   */
  boolean isIdleFor(long nanos) {
    long now = System.nanoTime();
    if (isMoving && unread() == 0) {
      isMoving = false;
      idleSince = now;
    }
    return now - idleSince > nanos;
  }

  /** Bytes that wait for the client. */
  private long unread() {
    ChannelOutboundBuffer unread = context.channel().unsafe().outboundBuffer();
    return unread == null ? 0 : unread.totalPendingWriteBytes();
  }

  void closeIdle() {
    var unused = context.close();
  }

  /** Closes the connection, or where only streams of it are slow resets those. */
  void cutSlowerThan(long nanos) {
    if (isWhollySlowerThan(nanos)) {
      cut();
    } else if (streams != null) {
      List<Integer> slow = streams.slowerThan(nanos);
      // Whoever sees the reset finds it counted.
      sweeps.countCut(slow.size());
      streams.reset(slow);
    }
  }

  /** Closes the connection, and counts it. */
  void cut() {
    if (context.channel().isOpen()) {
      sweeps.countCut(1);
      var unused = context.close();
    }
  }
}
