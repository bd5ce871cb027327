package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection that is asked again and again, at little cost of its own. */
final class Probe implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int AT_ONCE = 50;
  private static final String LENGTH = "content-length: ";

  private final Socket socket;
  private final InputStream in;

  Probe(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /** Asks for the target until the body holds the text. */
  void until(String target, String text) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!get(target).contains(text)) {
      if (System.nanoTime() > deadline) {
        throw new MeasurementException(target + " never shows " + text);
      }
    }
  }

  /** The same for all of them, which are asked for many at a time. */
  void until(List<String> targets, String text) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    List<String> left = targets;
    while (!left.isEmpty()) {
      List<String> without = new ArrayList<>();
      for (int i = 0; i < left.size(); i += AT_ONCE) {
        List<String> some = left.subList(i, Math.min(left.size(), i + AT_ONCE));
        StringBuilder heads = new StringBuilder();
        some.forEach(target -> heads.append(head(target)));
        socket.getOutputStream().write(heads.toString().getBytes(StandardCharsets.US_ASCII));
        for (String target : some) {
          if (!body().contains(text)) {
            without.add(target);
          }
        }
      }
      left = without;
      if (System.nanoTime() > deadline) {
        throw new MeasurementException(left.size() + " pages never show " + text);
      }
    }
  }

  private String get(String target) throws IOException {
    socket.getOutputStream().write(head(target).getBytes(StandardCharsets.US_ASCII));
    return body();
  }

  private static String head(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private String body() throws IOException {
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()));
      }
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the engine closed the connection");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
