package io.podium.read.overload;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands on the listening socket: what is beyond a limit is closed right after the kernel handed it
 * over, before anything is made for it. Counts are exact; safe from any thread.
 */
@ChannelHandler.Sharable
public final class Gate extends ChannelInboundHandlerAdapter {
  /**
   * @param connections of all clients at a time
   * @param perAddress of one address (IPv6: of one /64) at a time; 0 for no limit
   * @param slowClient within this a request's head must come and a waiting answer be taken, in
   *     HTTP/2 at least 16 KiB of it
   * @param idle a connection on which nothing moves is closed after this, at most two seconds later
   */
  public record Limits(int connections, int perAddress, Duration slowClient, Duration idle) {}

  private final int port;
  private final Limits limits;
  private final Sweeps sweeps;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong refusedByAddress = new AtomicLong();
  private final PerAddress perAddress;

  /**
   * @param port the listening port that is guarded; others pass
   */
  public Gate(int port, Limits limits) {
    this.port = port;
    this.limits = limits;
    this.sweeps = new Sweeps(limits.slowClient(), limits.idle());
    this.perAddress = new PerAddress(limits.perAddress());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof Channel client) || !isGuarded(ctx.channel())) {
      ctx.fireChannelRead(message);
      return;
    }
    Object address = perAddress.address(client.remoteAddress());
    if (!enter(address)) {
      client.unsafe().closeForcibly();
      return;
    }
    client.closeFuture().addListener(closed -> leave(address));
    client.pipeline().addFirst(new ConnectionGuard(sweeps));
    ctx.fireChannelRead(client);
  }

  private boolean isGuarded(Channel listening) {
    return listening.localAddress() instanceof InetSocketAddress a && a.getPort() == port;
  }

  private boolean enter(Object address) {
    if (open.incrementAndGet() > limits.connections()) {
      open.decrementAndGet();
      refused.incrementAndGet();
      return false;
    }
    if (!perAddress.enter(address)) {
      open.decrementAndGet();
      refusedByAddress.incrementAndGet();
      return false;
    }
    return true;
  }

  private void leave(Object address) {
    open.decrementAndGet();
    perAddress.leave(address);
  }

  public int open() {
    return open.get();
  }

  /** Share of the allowed connections that are open, 0 to 1. */
  public double utilisation() {
    return (double) open.get() / limits.connections();
  }

  /** Connections beyond the limit for all. */
  public long refused() {
    return refused.get();
  }

  /** Connections beyond the limit for one address. */
  public long refusedByAddress() {
    return refusedByAddress.get();
  }

  /** Connections, and streams of HTTP/2, that were cut because the client was too slow. */
  public long cut() {
    return sweeps.cut();
  }
}
