package io.podium.read.http;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many clients are connected, over all event loops; what is beyond the limit is closed. */
public final class Connections {
  private final int limit;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();

  public Connections(int limit) {
    this.limit = limit;
  }

  void opened(HttpConnection connection) {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      refused.incrementAndGet();
      var unused = connection.close();
      return;
    }
    connection.closeHandler(v -> open.decrementAndGet());
  }

  public int open() {
    return open.get();
  }

  public long refused() {
    return refused.get();
  }
}
