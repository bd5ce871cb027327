package io.podium.backends;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on loopback that nobody listens on, below those that connections take: a server that is
 * killed and started again finds its port free. Each is handed out once among all JVMs that ask
 * here, for as long as the one that has it lives.
 */
public final class FreePorts {
  private static final int FIRST = 10_000;

  /** Linux gives connections ports from 32,768 on, others later ones. */
  private static final int END = 32_768;

  /** How far above its port a Redis cluster's node listens as well. */
  private static final int BUS = 10_000;

  /** Nothing here speaks UDP: to hold the port there tells the other JVMs that it is taken. */
  private static final Collection<DatagramSocket> CLAIMS = new ConcurrentLinkedQueue<>();

  private FreePorts() {}

  /** A free port. */
  public static int next() {
    return claimed(END, 0);
  }

  /** A free port for a node of a Redis cluster, whose bus has the port 10,000 above it. */
  static int forClusterNode() {
    return claimed(END - BUS, BUS);
  }

  private static int claimed(int end, int second) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, end);
      if (claim(port) && (second == 0 || claim(port + second))) {
        return port;
      }
    }
    throw new BackendException("no free port on loopback below " + end, null);
  }

  private static boolean claim(int port) {
    try {
      CLAIMS.add(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
      return isFree(port);
    } catch (IOException e) {
      return false;
    }
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
