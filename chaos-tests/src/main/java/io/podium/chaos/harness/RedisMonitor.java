package io.podium.chaos.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Counts the commands that a Redis server runs, as the server tells them. Safe from any thread. */
public final class RedisMonitor implements AutoCloseable {
  private final Socket socket;
  private final AtomicLong seen = new AtomicLong();

  /**
   * @param counted lines as of MONITOR: time, client, and each word of the command in quotes
   */
  public RedisMonitor(int port, Predicate<String> counted) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    if (!"+OK".equals(in.readLine())) {
      socket.close();
      throw new IOException("redis on port " + port + " tells nothing of its commands");
    }
    Thread thread = new Thread(() -> count(in, counted), "redis-monitor");
    thread.setDaemon(true);
    thread.start();
  }

  private void count(BufferedReader in, Predicate<String> counted) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (counted.test(line)) {
          seen.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  public long seen() {
    return seen.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
