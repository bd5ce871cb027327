package io.podium.read.overload;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.vertx.core.spi.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x transport whose listening sockets have the gate in front. Vert.x hands over a connection
 * only when its pipeline is made; this is the one place before.
 */
public final class GatedTransport implements io.vertx.core.transport.Transport {
  /** Off in the kernel, or on in Netty ({@code TCP_NODELAY}), for each connection; by name. */
  private static final List<ChannelOption<?>> AS_ACCEPTED =
      List.of(
          ChannelOption.TCP_NODELAY,
          ChannelOption.SO_KEEPALIVE,
          EpollChannelOption.TCP_CORK,
          EpollChannelOption.TCP_QUICKACK,
          EpollChannelOption.TCP_USER_TIMEOUT);

  private final io.vertx.core.transport.Transport plain;
  private final Transport gated;

  public GatedTransport(Gate gate) {
    this.plain = best();
    this.gated = gated(plain.implementation(), gate);
  }

  private static io.vertx.core.transport.Transport best() {
    io.vertx.core.transport.Transport best = io.vertx.core.transport.Transport.nativeTransport();
    return best != null && best.available() ? best : NIO;
  }

  /** All of it is the plain transport's, except for how listening sockets are made. */
  private static Transport gated(Transport plain, Gate gate) {
    return (Transport)
        Proxy.newProxyInstance(
            GatedTransport.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(plain, arguments);
                if (method.getName().equals("configure")) {
                  Arrays.stream(arguments)
                      .filter(ServerBootstrap.class::isInstance)
                      .forEach(bootstrap -> spare((ServerBootstrap) bootstrap));
                }
                return method.getName().equals("serverChannelFactory")
                    ? gated((ChannelFactory<?>) result, gate)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Vert.x sets on each connection what the kernel and Netty begin with anyway: a call each. */
  private static void spare(ServerBootstrap bootstrap) {
    AS_ACCEPTED.forEach(option -> bootstrap.childOption(option, null));
  }

  private static ChannelFactory<ServerChannel> gated(ChannelFactory<?> plain, Gate gate) {
    return () -> {
      ServerChannel listening = (ServerChannel) plain.newChannel();
      listening.pipeline().addFirst("gate", gate);
      return listening;
    };
  }

  @Override
  public String name() {
    return plain.name();
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public Transport implementation() {
    return gated;
  }
}
