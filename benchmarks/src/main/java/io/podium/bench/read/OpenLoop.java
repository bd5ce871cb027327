package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Requests at a fixed rate over connections that are open, whatever the answers; each latency from
 * the moment at which its request was due. One thread, which never sleeps: being woken takes as
 * long as a page. It yields its core to whoever else has something to do there.
 */
final class OpenLoop implements AutoCloseable {
  /**
   * What came of it.
   *
   * @param accepted answered with 200 before the end
   * @param shed answered with another status
   * @param micros latencies of what was accepted
   * @param late how much of the latencies, of what was shed too, no connection was free
   */
  record Outcome(long accepted, long shed, double seconds, Histogram micros, Histogram late) {
    double goodput() {
      return accepted / seconds;
    }
  }

  private static final int CONNECTIONS = 96;
  static final long LONGEST_MICROS = 120_000_000L;
  private static final long PATIENCE_SECONDS = 60;
  private static final int LARGEST_ANSWER = 64 << 10;

  private final int port;
  private final LongFunction<String> target;
  private final Selector selector;
  private final List<Connection> all = new ArrayList<>();

  /** Goes on from one run to the next, so that none begins with what the last one brought in. */
  private long number;

  /**
   * @param target of the request with this number
   */
  OpenLoop(int port, LongFunction<String> target) {
    this.port = port;
    this.target = target;
    try {
      this.selector = Selector.open();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(new Connection());
      }
    } catch (IOException e) {
      throw new MeasurementException("port " + port + ": " + e.getMessage(), e);
    }
  }

  /**
   * All that is due before the end is sent, and waited for, however late. Connections stay open
   * from one run to the next: what they cost is not what a page takes.
   */
  Outcome run(double perSecond, Duration length) {
    try {
      return new Round(perSecond, length).run();
    } catch (IOException e) {
      throw new MeasurementException("port " + port + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : all) {
      connection.channel.close();
    }
    selector.close();
  }

  private final class Round {
    private final double perSecond;
    private final long length;
    private final Deque<Connection> free = new ArrayDeque<>(all);
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final Histogram late = new Histogram(LONGEST_MICROS, 3);
    private long end;
    private long accepted;
    private long shed;

    Round(double perSecond, Duration length) {
      this.perSecond = perSecond;
      this.length = length.toNanos();
    }

    /** Nothing is right or wrong by who goes first; yielding only keeps out of others' way. */
    @SuppressWarnings("ThreadPriorityCheck")
    Outcome run() throws IOException {
      long start = System.nanoTime();
      end = start + length;
      long sent = 0;
      long due = start;
      while (due < end || free.size() < all.size()) {
        long now = System.nanoTime();
        boolean busy = false;
        if (due <= now && due < end && !free.isEmpty()) {
          late.recordValue((now - due) / 1_000);
          free.removeFirst().ask(target.apply(number++), due);
          sent++;
          due = start + (long) (sent * 1e9 / perSecond);
          busy = true;
        }
        busy |= selector.selectNow(this::read) > 0;
        if (!busy) {
          Thread.yield();
        }
        if (now - end > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
          throw new IOException("no answer within " + PATIENCE_SECONDS + " s");
        }
      }
      return new Outcome(accepted, shed, length / 1e9, micros, late);
    }

    private void read(SelectionKey key) {
      Connection connection = (Connection) key.attachment();
      int status = connection.read();
      if (status == 0) {
        return;
      }
      long now = System.nanoTime();
      if (status == 200) {
        micros.recordValue(Math.max(1, (now - connection.due) / 1_000));
        accepted += now < end ? 1 : 0;
      } else {
        shed++;
      }
      free.add(connection);
    }
  }

  /** One keep-alive connection, which has at most one request on the way. */
  private final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(LARGEST_ANSWER);
    private long due;
    private int whole;

    Connection() throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void ask(String path, long dueNanos) throws IOException {
      due = dueNanos;
      in.clear();
      whole = 0;
      String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n";
      ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      if (channel.write(out) < request.length()) {
        throw new IOException("does not take a request");
      }
    }

    /** The status of an answer that is here to its last byte; else 0. */
    int read() {
      try {
        if (channel.read(in) < 0) {
          throw new IOException("closed");
        }
      } catch (IOException e) {
        throw new MeasurementException("port " + port + ": " + e.getMessage(), e);
      }
      if (whole == 0) {
        String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        whole = head < 0 ? 0 : head + 4 + length(text.substring(0, head));
      }
      if (whole > 0 && in.position() > whole) {
        throw new MeasurementException("port " + port + ": bytes behind an answer");
      }
      return whole > 0 && in.position() == whole ? status() : 0;
    }

    private int status() {
      return Integer.parseInt(new String(in.array(), 9, 3, StandardCharsets.US_ASCII));
    }

    private static int length(String head) {
      int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
      int end = head.indexOf('\r', at);
      return Integer.parseInt(head.substring(at, end < 0 ? head.length() : end).strip());
    }
  }
}
