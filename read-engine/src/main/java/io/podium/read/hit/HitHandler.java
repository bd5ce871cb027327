package io.podium.read.hit;

import io.podium.read.page.Page;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * First to see every request of one event loop: a target whose page is held is answered here, all
 * else goes on to the slow path at once.
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
  private final Pages pages;
  private final PageWriter writer;
  private final SlowPath slow;

  public HitHandler(Front front, Pages pages, PageWriter writer, SlowPath slow) {
    this.front = front;
    this.pages = pages;
    this.writer = writer;
    this.slow = slow;
  }

  @Override
  public void handle(HttpServerRequest request) {
    long started = System.nanoTime();
    Front.Slot slot = front.find(request.uri());
    if (slot == null || !isPlainRead(request)) {
      slow.handle(request, started);
      return;
    }
    long now = writer.now();
    Held held = slot.held();
    Page page = held.page();
    if (page == null || now >= slot.until() || page.isWornOut(now)) {
      slow.handle(request, started);
      return;
    }
    if (held.use(now / 1000)) {
      pages.find(page.text()); // tells the policy that it is in use
    }
    writer.hit(request, held, page, now, started);
  }

  /** GET or HEAD without a body. */
  private static boolean isPlainRead(HttpServerRequest request) {
    HttpMethod method = request.method();
    return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method))
        && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }
}
