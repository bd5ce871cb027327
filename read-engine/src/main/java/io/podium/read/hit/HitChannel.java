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

/**
 * One connection of the lane. Keeps the order of answers: as long as the server behind owes one,
 * all requests go there. Confined to the connection's event loop.
 */
final class HitChannel extends ChannelDuplexHandler {
  private final HitLane lane;

  /** Writes from here go past the encoder: answers are bytes already. */
  private final ChannelHandlerContext encoder;

  private int owed;
  private boolean answered;
  private boolean unflushed;
  private boolean over;

  HitChannel(HitLane lane, ChannelHandlerContext encoder) {
    this.lane = lane;
    this.encoder = encoder;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      // A client that does not read its answers is left to the server, which stops reading.
      ByteBuf answer =
          owed == 0 && ctx.channel().isWritable() ? lane.answer(request, encoder) : null;
      if (answer != null) {
        answered = true;
        send(ctx, request, answer);
        return;
      }
      answered = false;
      owed++;
    } else if (answered && message instanceof HttpContent) {
      ReferenceCountUtil.release(message);
      return;
    }
    ctx.fireChannelRead(message);
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
