package io.podium.ranking.archive;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What several frames hold, one after the other. The library's own stream takes a frame that is cut
 * off for the end of the file, and says nothing. This one does.
 */
final class ZstdFrames extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer packed = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private final ByteBuffer unpacked = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private final byte[] read = new byte[BUFFER];
  private boolean between = true;

  ZstdFrames(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (!unpacked.hasRemaining()) {
      // A full buffer may have left some behind, although all that was packed is taken.
      boolean heldBack = !between && unpacked.limit() == BUFFER;
      if (!packed.hasRemaining() && !heldBack && !fill()) {
        if (between) {
          return -1;
        }
        throw new EOFException("in the middle of a frame");
      }
      unpack();
    }
    int some = Math.min(length, unpacked.remaining());
    unpacked.get(to, offset, some);
    return some;
  }

  private boolean fill() throws IOException {
    int some = in.read(read, 0, BUFFER);
    if (some <= 0) {
      return false;
    }
    packed.clear().put(read, 0, some).flip();
    return true;
  }

  private void unpack() throws IOException {
    unpacked.clear();
    try {
      between = context.decompressDirectByteBufferStream(unpacked, packed);
    } catch (ZstdException e) {
      unpacked.limit(0);
      throw Packing.damaged(e);
    }
    unpacked.flip();
  }

  @Override
  public void close() throws IOException {
    context.close();
    in.close();
  }
}
