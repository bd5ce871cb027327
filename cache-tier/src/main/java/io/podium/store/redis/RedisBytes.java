package io.podium.store.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.LongAdder;

/** Counts what comes from Redis, first in every connection's pipeline. */
final class RedisBytes implements NettyCustomizer {
  private final LongAdder received = new LongAdder();
  private final Counter counter = new Counter();

  long received() {
    return received.sum();
  }

  @Override
  public void afterChannelInitialized(Channel channel) {
    channel.pipeline().addFirst(counter);
  }

  @Sharable
  private final class Counter extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes) {
        received.add(bytes.readableBytes());
      }
      context.fireChannelRead(message);
    }
  }
}
