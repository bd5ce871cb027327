package io.podium.read.hit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the lane. Keeps the order of answers: as long as the server behind owes one,
 * all requests go there. Confined to the connection's event loop.
 */
final class HitChannel extends ChannelDuplexHandler {
  private final HitLane lane;

  /** Writes from here go past the encoder: answers are bytes already. */
  private final ChannelHandlerContext encoder;

  private ChannelHandlerContext context;
  private int requests;
  private @Nullable HttpRequest answering;
  private @Nullable HttpRequest whole;
  private int owed;
  private boolean passed;
  private boolean unflushed;
  private boolean over;

  @SuppressWarnings("NullAway.Init") // context comes with handlerAdded, before anything else
  HitChannel(HitLane lane, ChannelHandlerContext encoder) {
    this.lane = lane;
    this.encoder = encoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      requests++;
      whole = null;
      boolean asked = passed;
      passed = false;
      answering = null;
      if (!asked && answers(request, false)) {
        answering = request;
        return;
      }
      owed++;
    } else if (answering != null && message instanceof HttpContent) {
      if (message instanceof LastHttpContent) {
        whole = answering;
        answering = null;
      }
      ReferenceCountUtil.release(message);
      return;
    }
    ctx.fireChannelRead(message);
  }

  /**
   * Answers the request, which has no body; false when it is for the server.
   *
   * @param isKnown a GET with the version and the headers of one that was answered here
   */
  boolean answers(HttpRequest request, boolean isKnown) {
    // A client that does not read its answers is left to the server, which stops reading.
    ByteBuf answer =
        owed == 0 && !over && context.channel().isWritable()
            ? lane.answer(request, isKnown, encoder)
            : null;
    if (answer != null) {
      send(context, request, answer);
    }
    return answer != null;
  }

  /** The next request from the decoder was asked for with {@link #answers}: it is the server's. */
  void pass() {
    passed = true;
  }

  void countKnown() {
    lane.countKnown();
  }

  /** Requests that the decoder has read so far, wrapped around. */
  int requests() {
    return requests;
  }

  /**
   * The last request of the read that the decoder is taking in, when it is over and was answered
   * here; else null. No request is kept beyond its read.
   */
  @Nullable HttpRequest whole() {
    return whole;
  }

  private void send(ChannelHandlerContext ctx, HttpRequest request, ByteBuf answer) {
    if (Ending.isAsked(request)) {
      over = true;
      encoder.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    } else {
      unflushed = true;
      var unused = encoder.write(answer, ctx.voidPromise());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    whole = null;
    if (unflushed) {
      unflushed = false;
      encoder.flush();
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInterim(message) && owed > 0) {
      owed--;
    }
    var unused = ctx.write(message, promise);
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
