package io.podium.chaos.stores;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads pages of the shop over one connection, one at a time, with next to no cost of its own: what
 * is late here, the engine or the machine was late with. For one thread.
 */
final class WarmReader implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WHOLE = "\"rank\":20".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];

  WarmReader(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = socket.getInputStream();
  }

  /** Empty for a page of twenty with 200; otherwise the head of the answer. */
  String read(String page) throws IOException {
    String request = "GET " + page + " HTTP/1.1\r\nHost: shop\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int filled = 0;
    int head = -1;
    while (head < 0) {
      filled = more(filled);
      head = indexOf(END, filled);
    }
    int length = length(head);
    while (filled < head + END.length + length) {
      filled = more(filled);
    }
    return indexOf(OK, OK.length) == 0 && indexOf(WHOLE, filled) > head
        ? ""
        : new String(buffer, 0, head, StandardCharsets.US_ASCII);
  }

  private int more(int filled) throws IOException {
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read <= 0) {
      throw new EOFException(String.format(Locale.ROOT, "the answer ended after %d bytes", filled));
    }
    return filled + read;
  }

  private int length(int head) {
    int at = indexOf(LENGTH, head);
    int length = 0;
    for (int i = at + LENGTH.length; at >= 0 && buffer[i] != '\r'; i++) {
      length = 10 * length + buffer[i] - '0';
    }
    return length;
  }

  private int indexOf(byte[] text, int filled) {
    for (int i = 0; i <= filled - text.length; i++) {
      int same = 0;
      while (same < text.length && buffer[i + same] == text[same]) {
        same++;
      }
      if (same == text.length) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }
}
