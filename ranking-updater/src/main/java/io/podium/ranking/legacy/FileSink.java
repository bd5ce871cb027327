package io.podium.ranking.legacy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes events to a file, one a line, for {@code podium rank}. */
public final class FileSink implements EventSink {
  private final OutputStream out;

  /**
   * @param file compressed when its name ends in {@code .gz}
   */
  public FileSink(Path file) throws IOException {
    OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    out = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw;
  }

  @Override
  public void put(byte[] event) throws IOException {
    out.write(event);
    out.write('\n');
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
