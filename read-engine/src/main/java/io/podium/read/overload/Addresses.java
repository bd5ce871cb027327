package io.podium.read.overload;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What counts as one client: an IPv4 address, or the /64 that an IPv6 subscriber gets. */
final class Addresses {
  private static final String UNKNOWN = "unknown";

  private Addresses() {}

  static Object group(@Nullable SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress address)) {
      return UNKNOWN;
    }
    InetAddress ip = address.getAddress();
    if (ip instanceof Inet6Address) {
      return ByteBuffer.wrap(ip.getAddress()).getLong();
    }
    return ip == null ? UNKNOWN : ip;
  }

  static Object group(io.vertx.core.net.@Nullable SocketAddress remote) {
    String host = remote == null ? null : remote.hostAddress();
    if (host == null) {
      return UNKNOWN;
    }
    try {
      // A literal is only parsed: no name is looked up.
      return group(new InetSocketAddress(InetAddress.getByName(host), 0));
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }
}
