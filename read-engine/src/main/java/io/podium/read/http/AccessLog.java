package io.podium.read.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request in so many as one line of JSON, and never more than some lines a second. Tells
 * nothing of who asked: no address, no header. Confined to one event loop.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("podium.access");
  private static final int LINES_PER_SECOND = 100;
  private static final int MAX_TARGET = 512;

  private final int every;
  private int skipped;
  private long second;
  private int lines;

  /**
   * @param every one request in so many is told; 0: none
   */
  AccessLog(int every) {
    this.every = every;
  }

  /** Whether the next request may take the short way, on which it is counted but never told. */
  boolean passes() {
    return every == 0 || skipped + 1 < every;
  }

  /** A request took the short way. */
  void passed() {
    if (every != 0) {
      skipped++;
    }
  }

  /** To be told when its answer is sent. */
  void begin(HttpServerRequest request) {
    if (every == 0 || ++skipped < every) {
      return;
    }
    skipped = 0;
    long started = System.nanoTime();
    if (started / 1_000_000_000 != second) {
      second = started / 1_000_000_000;
      lines = 0;
    }
    if (lines++ < LINES_PER_SECOND) {
      request.response().endHandler(ended -> tell(request, started));
    }
  }

  private void tell(HttpServerRequest request, long started) {
    String target = request.uri();
    byte[] line =
        Answers.write(
            out -> {
              out.writeStringField("time", Instant.now().toString());
              out.writeStringField("method", cut(request.method().name(), 16));
              out.writeStringField("target", cut(target == null ? "" : target, MAX_TARGET));
              out.writeStringField("version", request.version().alpnName());
              out.writeNumberField("status", request.response().getStatusCode());
              out.writeNumberField("bytes", request.response().bytesWritten());
              out.writeNumberField("us", (System.nanoTime() - started) / 1_000);
              out.writeNumberField("every", every);
            });
    LOG.info("{}", new String(line, java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
