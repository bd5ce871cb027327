package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import io.podium.bench.Sample;
import io.podium.bench.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that opens a connection for each request, or is refused it: while others hold all that
 * are allowed.
 *
 * @param held connections that are held open meanwhile
 */
record Connecting(EngineServer server, boolean served, int held) implements Subject {
  private static final int CLIENTS = 4;
  private static final byte[] REQUEST =
      ("GET "
              + ReadShop.PAGE
              + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  @Override
  public Sample run(Duration atLeast) {
    List<Socket> others = new ArrayList<>();
    try {
      awaitConnections(0);
      for (int i = 0; i < held; i++) {
        others.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      }
      awaitConnections(held);
      long cpu = server.cpuNanos();
      long start = System.nanoTime();
      AtomicLong done = new AtomicLong();
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            CompletableFuture.runAsync(
                () -> {
                  while (System.nanoTime() - start < atLeast.toNanos()) {
                    connect();
                    done.incrementAndGet();
                  }
                },
                work -> new Thread(work, "client").start()));
      }
      clients.forEach(CompletableFuture::join);
      return new Sample(done.get(), System.nanoTime() - start, server.cpuNanos() - cpu);
    } catch (IOException e) {
      throw new MeasurementException("port " + server.port() + ": " + e.getMessage(), e);
    } finally {
      others.forEach(Connecting::close);
    }
  }

  private void awaitConnections(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (server.metric("podium_read_connections") != count) {
      if (System.nanoTime() > deadline) {
        throw new MeasurementException("the engine never had " + count + " connections");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void connect() {
    boolean answered = false;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      if (served) {
        socket.getOutputStream().write(REQUEST);
      }
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[16 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        answered = true;
      }
    } catch (SocketException reset) {
      // Refused.
    } catch (IOException e) {
      throw new MeasurementException("port " + server.port() + ": " + e.getMessage(), e);
    }
    if (answered != served) {
      throw new MeasurementException("a connection was " + (served ? "refused" : "served"));
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
