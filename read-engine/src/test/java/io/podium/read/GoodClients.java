package io.podium.read;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** A client with one connection that asks at a fixed rate; times count from when it meant to. */
record GoodClients(int port, String target) {
  private static final long EVERY_NS = 5_000_000;
  private static final int PATIENCE_MS = 10_000;

  /** Latencies of those answered with 200, and how many were not. */
  record Told(Histogram us, int failed) {
    double p99() {
      return us.getValueAtPercentile(99);
    }

    @Override
    public String toString() {
      return "p50 %d us, p99 %d us, max %d us, %d answered, %d failed"
          .formatted(
              us.getValueAtPercentile(50),
              us.getValueAtPercentile(99),
              us.getMaxValue(),
              us.getTotalCount(),
              failed);
    }
  }

  /**
   * @param going ends it before
   */
  Told run(Duration length, BooleanSupplier going) throws IOException {
    Histogram us = new Histogram(3);
    int failed = 0;
    byte[] request =
        ("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.setTcpNoDelay(true);
      long start = System.nanoTime();
      for (long due = start;
          due - start < length.toNanos() && going.getAsBoolean();
          due += EVERY_NS) {
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        socket.getOutputStream().write(request);
        failed += isRead(socket.getInputStream()) ? 0 : 1;
        us.recordValue((System.nanoTime() - due) / 1_000);
      }
    }
    return new Told(us, failed);
  }

  /** Whether a whole answer came, with 200. */
  private static boolean isRead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("a good client was cut");
      }
      head.append((char) b);
    }
    int at = head.indexOf("content-length: ") + "content-length: ".length();
    in.readNBytes(Integer.parseInt(head.substring(at, head.indexOf("\r\n", at))));
    return head.indexOf("HTTP/1.1 200") == 0;
  }
}
