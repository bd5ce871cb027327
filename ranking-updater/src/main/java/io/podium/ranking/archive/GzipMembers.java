package io.podium.ranking.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Of a file of several gzip members the JDK's reader takes whatever is not the start of a member
 * for the end of the file, and says nothing. This one does.
 */
final class GzipMembers extends GZIPInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int TRAILER = 8;

  GzipMembers(InputStream in) throws IOException {
    super(in, BUFFER);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int read;
    try {
      read = super.read(to, offset, length);
    } catch (ZipException e) {
      throw Packing.damaged(e);
    }
    if (read < 0 && (inf.getRemaining() > TRAILER || in.available() > 0)) {
      throw new ZipException("what follows is no gzip data");
    }
    return read;
  }
}
