package io.podium.read.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.ReferenceCountUtil;
import io.podium.read.hit.HitLane;
import io.podium.read.hit.Traffic;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Has the hit path compiled before clients come, and the way on which requests are turned away,
 * which nobody takes before the machine is too busy to compile it: requests go through decoder and
 * lane on a channel without a socket, and into counters of their own. Not for event loops.
 */
public final class Rehearsal {
  private static final int PIPELINED = 4;

  private final EmbeddedChannel channel;

  public Rehearsal(PublicServer.Shared shared) {
    // Whatever is not held is turned away: nothing is loaded for a rehearsal.
    HitLane lane = PublicServer.lane(shared, new Traffic(), (target, meaning, client) -> true);
    channel = new EmbeddedChannel();
    channel.pipeline().addLast("httpDecoder", new VertxHttpRequestDecoder(new HttpServerOptions()));
    channel.pipeline().addLast("httpEncoder", new HttpResponseEncoder());
    channel.pipeline().addLast("handler", new Rest());
    lane.attach(channel);
  }

  /** Takes whatever is no hit. */
  private static final class Rest extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(io.netty.channel.ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }
  }

  /** Asks for a target some times. */
  public void ask(String target, String encoding) {
    String head =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: %s\r\n\r\n"
            .formatted(target, encoding);
    send(head.repeat(PIPELINED));
    // One by one the second is known by the first.
    send(head);
    send(head);
  }

  private void send(String requests) {
    channel.writeInbound(Unpooled.wrappedBuffer(requests.getBytes(StandardCharsets.US_ASCII)));
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      out.release();
    }
  }

  public void end() {
    channel.finishAndReleaseAll();
  }
}
