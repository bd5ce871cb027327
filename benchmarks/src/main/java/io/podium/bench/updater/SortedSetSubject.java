package io.podium.bench.updater;

import io.podium.bench.MeasurementException;
import io.podium.bench.ProcessTime;
import io.podium.bench.Sample;
import io.podium.bench.Subject;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What a team would write first: {@code ZINCRBY} on one sorted set, at most 64 on the way. Commands
 * are encoded outside the timed part and sent over a plain blocking socket, the fastest client of
 * those tried, so that the server is not kept waiting for a library. Every reply is read and
 * checked for an error.
 */
public final class SortedSetSubject implements Subject, AutoCloseable {
  public static final int PIPELINE = 64;
  private static final int BATCHES = 64;

  private final SocketChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);
  private final int[] ends = new int[BATCHES];
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final Zipf zipf;
  private final SplittableRandom random;
  private final ProcessTime server;
  private int next;
  private boolean inBulk;
  private boolean lineStart = true;

  public SortedSetSubject(int port, long pid, int products, long seed) {
    this.random = new SplittableRandom(seed);
    this.zipf = new Zipf(products, random.split());
    this.server = new ProcessTime(pid);
    try {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      throw new MeasurementException("redis-server cannot be reached: " + e.getMessage(), e);
    }
  }

  @Override
  public Sample run(Duration atLeast) {
    long wall = 0;
    long commands = 0;
    long cpuStart = server.nanos();
    try {
      while (wall < atLeast.toNanos()) {
        encode();
        long start = System.nanoTime();
        for (int batch = 0; batch < BATCHES; batch++) {
          exchange(batch);
        }
        wall += System.nanoTime() - start;
        commands += BATCHES * PIPELINE;
      }
    } catch (IOException e) {
      throw new MeasurementException("redis-server broke off: " + e.getMessage(), e);
    }
    return new Sample(commands, wall, server.nanos() - cpuStart);
  }

  /** Encodes commands; not to be timed. */
  public void encode() {
    next = 0;
    out.clear();
    for (int batch = 0; batch < BATCHES; batch++) {
      for (int i = 0; i < PIPELINE; i++) {
        String id = SalesTraffic.productId(zipf.next());
        int by = 1 + random.nextInt(3);
        String command = "*4\r\n$7\r\nZINCRBY\r\n$1\r\nb\r\n$1\r\n%d\r\n$%d\r\n%s\r\n";
        out.put(command.formatted(by, id.length(), id).getBytes(StandardCharsets.US_ASCII));
      }
      ends[batch] = out.position();
    }
  }

  /**
   * Sends the next 64 commands that are encoded, and reads what they are answered with.
   *
   * @return how many
   */
  public int exchangeNext() {
    try {
      exchange(next++ % BATCHES);
      return PIPELINE;
    } catch (IOException e) {
      throw new MeasurementException("redis-server broke off: " + e.getMessage(), e);
    }
  }

  private void exchange(int batch) throws IOException {
    out.limit(ends[batch]);
    out.position(batch == 0 ? 0 : ends[batch - 1]);
    while (out.hasRemaining()) {
      channel.write(out);
    }
    int replies = 0;
    while (replies < PIPELINE) {
      in.clear();
      if (channel.read(in) < 0) {
        throw new EOFException("the connection was closed");
      }
      in.flip();
      replies += replies();
    }
  }

  /** Whole replies in the buffer; each is a length line and a line with the score. */
  private int replies() throws IOException {
    int whole = 0;
    while (in.hasRemaining()) {
      byte b = in.get();
      if (lineStart && !inBulk && b != '$') {
        throw new IOException("it answered an error");
      }
      lineStart = b == '\n';
      if (lineStart) {
        whole += inBulk ? 1 : 0;
        inBulk = !inBulk;
      }
    }
    return whole;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new MeasurementException("the connection cannot be closed: " + e.getMessage(), e);
    }
  }
}
