package io.podium.read.hit;

import io.podium.read.page.Encoding;
import io.podium.read.page.Page;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * First to see every request that the {@link HitLane} left to the server, as those of HTTP/2: a
 * target whose page is held on the heap is answered here, all else goes on to the slow path at
 * once.
 */
public final class HitHandler implements Handler<HttpServerRequest> {
  /** What takes the requests that are not plain hits. */
  public interface SlowPath {
    /**
     * @param started {@link System#nanoTime} when the request was read
     */
    void handle(HttpServerRequest request, long started);
  }

  private final Front front;
  private final Targets targets;
  private final Pages pages;
  private final PageWriter writer;
  private final SlowPath slow;

  public HitHandler(Front front, Targets targets, Pages pages, PageWriter writer, SlowPath slow) {
    this.front = front;
    this.targets = targets;
    this.pages = pages;
    this.writer = writer;
    this.slow = slow;
  }

  @Override
  public void handle(HttpServerRequest request) {
    long started = System.nanoTime();
    long now = writer.now();
    Front.Slot slot = front.find(request.uri(), targets.book(), now);
    Held held = slot == null || !isPlainRead(request) ? null : slot.held(pages);
    Page page = held == null ? null : held.page();
    if (held == null || page == null || page.isWornOut(now) || !isCoded(request, held, page)) {
      slow.handle(request, started);
      return;
    }
    if (held.use(now / 1000)) {
      pages.find(held.text()); // tells the policy that it is in use
    }
    writer.hit(request, held, page, now, started);
  }

  private boolean isCoded(HttpServerRequest request, Held held, Page page) {
    Encoding wanted = writer.wanted(request);
    held.asks(wanted);
    return page.has(wanted);
  }

  /** GET or HEAD without a body. */
  private static boolean isPlainRead(HttpServerRequest request) {
    HttpMethod method = request.method();
    return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method))
        && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }
}
