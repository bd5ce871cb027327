package io.podium.read;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A client that sends exactly these bytes. */
final class Raw implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;

  private final Socket socket;

  Raw(int port) throws IOException {
    this(port, "127.0.0.1");
  }

  /**
   * @param from address of this client, on loopback
   */
  Raw(int port, String from) throws IOException {
    this.socket =
        new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
  }

  Raw send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Raw send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Everything until the server closes; fails when it does not. */
  byte[] rest() throws IOException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException reset) {
      // Closed with bytes of ours unread.
    }
    return all.toByteArray();
  }

  String text() throws IOException {
    return new String(rest(), StandardCharsets.UTF_8);
  }

  /** Reads until this has come; fails when the server closes before. */
  void until(String wanted) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (text.indexOf(wanted) < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed before " + wanted + " came: " + text);
      }
      text.append((char) b);
    }
  }

  /** The next line, without its end; what is there when the server closes. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString().strip();
  }

  /** The next frame of HTTP/2, with its header; fails when the server closes before. */
  byte[] frame() throws IOException {
    byte[] frame = frameWithin(Duration.ofMillis(PATIENCE_MS));
    if (frame == null) {
      throw new IOException("no frame came");
    }
    return frame;
  }

  /** The next frame of HTTP/2; null when none has begun by then. */
  byte @Nullable [] frameWithin(Duration time) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] header = new byte[9];
    socket.setSoTimeout((int) time.toMillis());
    try {
      header[0] = in.readByte();
    } catch (SocketTimeoutException e) {
      return null;
    } finally {
      socket.setSoTimeout(PATIENCE_MS);
    }
    in.readFully(header, 1, 8);
    int length = (header[0] & 0xFF) << 16 | (header[1] & 0xFF) << 8 | (header[2] & 0xFF);
    byte[] frame = Arrays.copyOf(header, header.length + length);
    in.readFully(frame, header.length, length);
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
