package io.podium.read.http;

import io.podium.read.overload.Drain;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.List;

/**
 * The first to see a request: turns away what another reader of the same bytes could take for
 * something else, and tells clients to go elsewhere while the engine stops. One per event loop.
 */
final class Entrance implements Handler<HttpServerRequest> {
  /** Lines of a request's headers at most. */
  private static final int MAX_HEADERS = 100;

  private final Handler<HttpServerRequest> next;
  private final Answers answers;
  private final Drain drain;
  private final AccessLog log;

  Entrance(Handler<HttpServerRequest> next, Answers answers, Drain drain, AccessLog log) {
    this.next = next;
    this.answers = answers;
    this.drain = drain;
    this.log = log;
  }

  @Override
  public void handle(HttpServerRequest request) {
    log.begin(request);
    if (areTooMany(request.headers().iterator())) {
      answers.problem(request, Problem.HEADERS_TOO_LARGE.refusal(), System.nanoTime());
      return;
    }
    HttpVersion version = request.version();
    if (version != HttpVersion.HTTP_2) {
      if (!isOneHost(request.headers().getAll(HttpHeaders.HOST), version)) {
        answers.problem(request, Problem.MALFORMED_REQUEST.refusal(), System.nanoTime());
        return;
      }
      if (drain.isBegun()) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
    }
    next.handle(request);
  }

  /** Lines are counted, not names: a name may be repeated. */
  static boolean areTooMany(Iterator<?> headers) {
    int lines = 0;
    while (headers.hasNext() && lines <= MAX_HEADERS) {
      headers.next();
      lines++;
    }
    return lines > MAX_HEADERS;
  }

  /** For heads of HTTP/1.1. */
  static boolean isOneHost(io.netty.handler.codec.http.HttpHeaders headers) {
    return isOneHost(headers.getAll(HttpHeaders.HOST), HttpVersion.HTTP_1_1);
  }

  /**
   * RFC 9112, 3.2: one Host in HTTP/1.1, none or one before, and nothing in it but an authority.
   */
  private static boolean isOneHost(List<String> hosts, HttpVersion version) {
    if (hosts.isEmpty()) {
      return version == HttpVersion.HTTP_1_0;
    }
    return hosts.size() == 1 && isAuthority(hosts.get(0));
  }

  private static boolean isAuthority(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || (c >= 'A' && c <= 'Z')
              || "-._~:[]%".indexOf(c) >= 0;
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}
