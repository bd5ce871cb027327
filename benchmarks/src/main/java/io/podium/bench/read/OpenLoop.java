package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests at a fixed rate over connections that are open, whatever the answers; each latency from
 * the moment at which its request was due.
 */
final class OpenLoop {
  /**
   * What came of it.
   *
   * @param accepted answered with 200
   * @param shed answered with 503
   * @param micros latencies of what was accepted
   * @param late how much of the latencies, of what was shed too, no connection was free
   */
  record Outcome(long accepted, long shed, double seconds, Histogram micros, Histogram late) {
    double goodput() {
      return accepted / seconds;
    }
  }

  private static final int CONNECTIONS = 96;

  /** For the threads of all connections to start. */
  private static final Duration GETTING_READY = Duration.ofMillis(100);

  private final int port;
  private final LongFunction<String> target;

  /**
   * @param target of the request with this number
   */
  OpenLoop(int port, LongFunction<String> target) {
    this.port = port;
    this.target = target;
  }

  Outcome run(double perSecond, Duration length) {
    Histogram micros = new ConcurrentHistogram(120_000_000L, 3);
    Histogram late = new ConcurrentHistogram(120_000_000L, 3);
    AtomicLong next = new AtomicLong();
    AtomicLong accepted = new AtomicLong();
    AtomicLong shed = new AtomicLong();
    List<Client> clients = connect();
    long start = System.nanoTime() + GETTING_READY.toNanos();
    long end = start + length.toNanos();
    List<CompletableFuture<Void>> connections = new ArrayList<>();
    for (Client each : clients) {
      connections.add(
          CompletableFuture.runAsync(
              () -> {
                try (Client client = each) {
                  while (true) {
                    long number = next.getAndIncrement();
                    long due = start + (long) (number * 1e9 / perSecond);
                    if (due >= end) {
                      return;
                    }
                    waitUntil(due);
                    late.recordValue((System.nanoTime() - due) / 1_000);
                    int status = client.ask(target.apply(number));
                    long now = System.nanoTime();
                    if (status == 200) {
                      micros.recordValue(Math.max(1, (now - due) / 1_000));
                      accepted.addAndGet(now < end ? 1 : 0);
                    } else {
                      shed.incrementAndGet();
                    }
                    if (now >= end) {
                      return;
                    }
                  }
                } catch (IOException e) {
                  throw new MeasurementException("port " + port + ": " + e.getMessage(), e);
                }
              },
              work -> new Thread(null, work, "load", 256 << 10).start()));
    }
    connections.forEach(CompletableFuture::join);
    return new Outcome(accepted.get(), shed.get(), length.toNanos() / 1e9, micros, late);
  }

  /** Before the first request is due: what a connection costs is not what a page takes. */
  private List<Client> connect() {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(new Client());
      }
      return clients;
    } catch (IOException e) {
      throw new MeasurementException("port " + port + ": " + e.getMessage(), e);
    }
  }

  private static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** One keep-alive connection. */
  private final class Client implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];

    Client() throws IOException {
      this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
      this.in = socket.getInputStream();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
    }

    int ask(String path) throws IOException {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      int have = 0;
      while (true) {
        int n = in.read(buffer, have, buffer.length - have);
        if (n < 0) {
          throw new IOException("closed");
        }
        have += n;
        String text = new String(buffer, 0, have, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head >= 0 && have >= head + 4 + length(text.substring(0, head))) {
          return Integer.parseInt(text.substring(9, 12));
        }
      }
    }

    private static int length(String head) {
      int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ") + 16;
      int end = head.indexOf('\r', at);
      return Integer.parseInt(head.substring(at, end < 0 ? head.length() : end).strip());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
