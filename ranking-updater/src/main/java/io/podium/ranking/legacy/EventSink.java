package io.podium.ranking.legacy;

import java.io.IOException;

/** Where the events of an import go. */
public interface EventSink extends AutoCloseable {
  /**
   * @param event CloudEvents JSON on one line
   */
  void put(byte[] event) throws IOException, InterruptedException;

  /** Returns when everything that was put is safe. */
  void finish() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
