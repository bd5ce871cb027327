package io.podium.ranking.archive;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a file is compressed. Each write is a whole member, so that the ordinary tool ({@code
 * zstdcat}, {@code zcat}) reads a file at any time.
 */
enum Packing {
  ZSTD("zst") {
    @Override
    ByteBuffer pack(Lines lines) throws IOException {
      byte[] packed = lines.room((int) Zstd.compressBound(lines.size()));
      long size =
          Zstd.compressByteArray(
              packed, 0, packed.length, lines.bytes(), 0, lines.size(), LEVEL, true);
      if (Zstd.isError(size)) {
        throw new IOException("zstd: " + Zstd.getErrorName(size));
      }
      return ByteBuffer.wrap(packed, 0, (int) size);
    }

    @Override
    InputStream open(InputStream raw) throws IOException {
      if (!Native.LOADED) {
        throw new IOException("zstd does not run here; unpack the file and pack it with gzip");
      }
      return new ZstdFrames(raw);
    }
  },

  /** What was written before there was zstd, and is where its native library does not run. */
  GZIP("gz") {
    @Override
    ByteBuffer pack(Lines lines) throws IOException {
      ByteArrayOutputStream member = new ByteArrayOutputStream(lines.size() / 4 + 64);
      try (GZIPOutputStream gzip = new FastGzip(member)) {
        lines.writeTo(gzip);
      }
      return ByteBuffer.wrap(member.toByteArray());
    }

    @Override
    InputStream open(InputStream raw) throws IOException {
      return new GzipMembers(raw);
    }
  };

  /** Three times as fast as deflate at its quickest; higher ones gain nothing with such lines. */
  private static final int LEVEL = 1;

  private static final Logger LOG = LoggerFactory.getLogger(Packing.class);

  private final String suffix;

  Packing(String suffix) {
    this.suffix = suffix;
  }

  /** Of a file's name. */
  String suffix() {
    return suffix;
  }

  static Packing of(String suffix) {
    return suffix.equals(GZIP.suffix) ? GZIP : ZSTD;
  }

  /** What new files are written with. */
  static Packing preferred() {
    return Native.LOADED ? ZSTD : GZIP;
  }

  /** A whole member, in an array of its own or of the lines: until they change. */
  abstract ByteBuffer pack(Lines lines) throws IOException;

  /**
   * What the members hold. Fails with {@link EOFException} where the file ends in the middle of
   * one, with {@link ZipException} where it is damaged, saying how.
   */
  abstract InputStream open(InputStream raw) throws IOException;

  static ZipException damaged(Exception how) {
    ZipException e = new ZipException("its compressed data is damaged: " + how.getMessage());
    e.initCause(how);
    return e;
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static final class Native {
    static final boolean LOADED = load();

    private static boolean load() {
      try {
        return Zstd.compressBound(1) > 0;
      } catch (LinkageError e) {
        LOG.warn("The archive is written with gzip, as zstd does not run here: {}", e.getMessage());
        return false;
      }
    }
  }
}
