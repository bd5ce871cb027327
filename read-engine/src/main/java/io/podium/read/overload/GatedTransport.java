package io.podium.read.overload;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.vertx.core.spi.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x transport whose listening sockets have the gate in front. Vert.x hands over a connection
 * only when its pipeline is made; this is the one place before.
 */
public final class GatedTransport implements io.vertx.core.transport.Transport {
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
                return method.getName().equals("serverChannelFactory")
                    ? gated((ChannelFactory<?>) result, gate)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
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
