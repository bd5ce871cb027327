package io.podium.ranking.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Bytes in memory beyond 2 GiB, without copying to grow. Not thread-safe while it is written. */
final class ChunkedBytes extends OutputStream {
  private static final int CHUNK = 1 << 20;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[CHUNK];
  private int used;

  @Override
  public void write(int b) {
    if (used == CHUNK) {
      next();
    }
    last[used++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (used == CHUNK) {
        next();
      }
      int n = Math.min(left, CHUNK - used);
      System.arraycopy(bytes, at, last, used, n);
      used += n;
      at += n;
      left -= n;
    }
  }

  private void next() {
    full.add(last);
    last = new byte[CHUNK];
    used = 0;
  }

  void writeTo(OutputStream out) throws IOException {
    for (byte[] chunk : full) {
      out.write(chunk);
    }
    out.write(last, 0, used);
  }

  long size() {
    return (long) full.size() * CHUNK + used;
  }
}
