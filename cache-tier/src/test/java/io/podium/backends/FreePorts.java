package io.podium.backends;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on loopback that nobody listens on at the moment. */
public final class FreePorts {
  private FreePorts() {}

  /** A free port; another process may take it before it is used, so starters retry. */
  public static int next() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BackendException("no free port on loopback: " + e.getMessage(), e);
    }
  }

  /** A free port between 10,000 and {@code most}, below those that connections take. */
  static int below(int most) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(10_000, most);
      if (isFree(port) && isFree(port + 10_000)) {
        return port;
      }
    }
    throw new BackendException("no free port below " + most, null);
  }

  /** Whether a listener could be opened on the port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
