package io.podium.backends;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP link on loopback that can be made slow, narrow, one-sided or dead while it is used, for any
 * protocol. Faults hold for connections that are open and for new ones, from the moment they are
 * set; a black hole still completes the handshake of a new connection, which no user process can
 * prevent, and then says nothing.
 *
 * <p>Bounded: {@value #MOST_CONNECTIONS} connections, {@value FaultPipe#MOST_HELD} bytes held in
 * each direction of one, and back-pressure beyond. One thread; all calls are safe from any thread.
 */
public final class FaultProxy implements AutoCloseable {
  public static final int MOST_CONNECTIONS = 4096;

  /** A direction of the link, seen from who connects. */
  public enum Direction {
    REQUESTS,
    ANSWERS
  }

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1,
          work -> {
            Thread thread = new Thread(work, "fault-proxy");
            thread.setDaemon(true);
            return thread;
          },
          NioIoHandler.newFactory());
  private final InetSocketAddress target;
  private final Random seeds;
  private final Channel listener;
  // Confined to the loop.
  private final Set<FaultPipe> pipes = new LinkedHashSet<>();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong requestBytes = new AtomicLong();
  private final AtomicLong answerBytes = new AtomicLong();
  private volatile Fault requests = Fault.NONE;
  private volatile Fault answers = Fault.NONE;
  private volatile boolean refusing;

  private FaultProxy(InetSocketAddress target, long seed) {
    this.target = target;
    this.seeds = new Random(seed);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    accept(client);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new BackendException("the fault proxy found no port", bound.cause());
    }
    this.listener = bound.channel();
  }

  /**
   * A link without faults to a port on loopback.
   *
   * @param seed of everything that is random
   */
  public static FaultProxy to(int port, long seed) {
    return new FaultProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), seed);
  }

  /** Where to connect instead of the target, on loopback. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** From now on, both ways. */
  public void set(Fault fault) {
    set(fault, fault);
  }

  /** From now on, each way its own. */
  public void set(Fault ofRequests, Fault ofAnswers) {
    requests = ofRequests;
    answers = ofAnswers;
    onLoop(() -> List.copyOf(pipes).forEach(FaultPipe::pump));
  }

  /** No faults any more; new connections are taken again. */
  public void heal() {
    refusing = false;
    set(Fault.NONE);
  }

  /** Resets the open connections and, until the link heals, every new one. */
  public void refuse() {
    refusing = true;
    reset();
  }

  /** Resets (RST) the open connections; new ones are taken. */
  public void reset() {
    onLoop(() -> List.copyOf(pipes).forEach(FaultPipe::reset));
  }

  /** Connections taken since the start. */
  public long accepted() {
    return accepted.get();
  }

  /** Connections reset at once: while refusing, beyond the bound, or without a target. */
  public long refused() {
    return refused.get();
  }

  /** Bytes passed on since the start. */
  public long passed(Direction direction) {
    return passedOf(direction).get();
  }

  private AtomicLong passedOf(Direction direction) {
    return direction == Direction.REQUESTS ? requestBytes : answerBytes;
  }

  /** Connections open now, in either direction. */
  public long open() {
    return loop.submit(() -> (pipes.size() + 1L) / 2).awaitUninterruptibly().getNow();
  }

  /** Bytes held back now, of all connections. */
  public long held() {
    return loop.submit(() -> pipes.stream().mapToLong(FaultPipe::held).sum())
        .awaitUninterruptibly()
        .getNow();
  }

  private void onLoop(Runnable work) {
    var unused = loop.submit(work).awaitUninterruptibly();
  }

  private void accept(Channel client) {
    // Two pipes for each connection.
    if (refusing || pipes.size() >= 2 * MOST_CONNECTIONS) {
      refused.incrementAndGet();
      FaultPipe.reset(client);
      return;
    }
    accepted.incrementAndGet();
    FaultPipe up = pipe(Direction.REQUESTS);
    FaultPipe down = pipe(Direction.ANSWERS);
    up.from(client, down);
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel server) {
                down.from(server, up);
              }
            })
        .connect(target)
        .addListener(
            (ChannelFuture connected) -> {
              if (connected.isSuccess()) {
                up.to(connected.channel());
                down.to(client);
              } else {
                refused.incrementAndGet();
                up.reset();
                down.reset();
              }
            });
  }

  private FaultPipe pipe(Direction direction) {
    boolean isRequests = direction == Direction.REQUESTS;
    FaultPipe pipe =
        new FaultPipe(
            () -> isRequests ? requests : answers,
            new Random(seeds.nextLong()),
            passedOf(direction),
            pipes::remove);
    pipes.add(pipe);
    return pipe;
  }

  @Override
  public void close() {
    refuse();
    var unused = loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
