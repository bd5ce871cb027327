package io.podium.read.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.podium.read.hit.Cors;
import io.podium.read.hit.EntityTags;
import io.podium.read.hit.Languages;
import io.podium.read.hit.PageWriter;
import io.podium.read.hit.Shedding;
import io.podium.read.hit.Traffic;
import io.podium.read.refresh.Failures;
import io.podium.store.StoreException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends whatever is no page: documents and problems. Confined to one event loop. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final JsonFactory JSON = new JsonFactory();

  /** For what is true for a moment, and better old than not there. */
  static final String SHORT = "public, max-age=1, stale-while-revalidate=10, stale-if-error=3600";

  private static final int RETRY_AFTER_S = 1;

  /** Unexpected failures are logged at most once a second, over all loops. */
  private static final AtomicLong LAST_LOGGED = new AtomicLong();

  /** At most two for each problem. */
  private static final ConcurrentMap<String, byte[]> MADE = new ConcurrentHashMap<>();

  private final PageWriter writer;
  private final Traffic traffic;
  private final Cors cors;

  Answers(PageWriter writer, Traffic traffic, Cors cors) {
    this.writer = writer;
    this.traffic = traffic;
    this.cors = cors;
  }

  /** A JSON document of this moment. */
  void json(HttpServerRequest request, byte[] body, String cacheControl, long started) {
    document(request, Asset.of(body, Asset.JSON, cacheControl), started);
  }

  void document(HttpServerRequest request, Asset asset, long started) {
    HttpServerResponse response = request.response();
    boolean gzip = asset.gzip().length > 0 && wantsGzip(request);
    String tag = asset.tag(gzip);
    MultiMap head = head(request);
    head.set(HttpHeaders.ETAG, tag);
    head.set(HttpHeaders.CACHE_CONTROL, asset.cacheControl());
    head.set(HttpHeaders.VARY, "Accept-Encoding");
    cors.apply(request.headers(), head);
    if (EntityTags.matches(PageWriter.ifNoneMatch(request.headers()), tag)) {
      end(request, 304, Buffer.buffer(), started);
      return;
    }
    head.set(HttpHeaders.CONTENT_TYPE, asset.type());
    if (gzip) {
      head.set(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    if (asset.type().startsWith("text/html")) {
      head.set("content-security-policy", Asset.POLICY);
    }
    response.setStatusCode(200);
    end(request, 200, PageWriter.shared(gzip ? asset.gzip() : asset.plain()), started);
  }

  private boolean wantsGzip(HttpServerRequest request) {
    return writer.wantsGzip(request.headers().get(HttpHeaders.ACCEPT_ENCODING));
  }

  void failure(HttpServerRequest request, Throwable failure, long started) {
    Throwable cause = Failures.cause(failure);
    if (cause instanceof Refusal refusal) {
      problem(request, refusal, started);
    } else if (cause instanceof StoreException e) {
      boolean busy = e.kind() == StoreException.Kind.BUSY;
      problem(request, (busy ? Problem.BUSY : Problem.UNAVAILABLE).refusal(), started);
    } else {
      log(cause);
      problem(request, Problem.INTERNAL.refusal(), started);
    }
  }

  private static void log(Throwable failure) {
    long now = System.nanoTime() / 1_000_000_000;
    if (LAST_LOGGED.getAndSet(now) != now) {
      LOG.error("a request could not be answered", failure);
    }
  }

  void problem(HttpServerRequest request, Refusal refusal, long started) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    Problem problem = refusal.problem();
    boolean korean = Languages.isKorean(request.headers().get(HttpHeaders.ACCEPT_LANGUAGE));
    MultiMap head = head(request);
    head.set(HttpHeaders.CONTENT_TYPE, "application/problem+json");
    head.set(HttpHeaders.CACHE_CONTROL, "no-store");
    head.set(HttpHeaders.CONTENT_LANGUAGE, korean ? "ko" : "en");
    head.set(HttpHeaders.VARY, "Accept-Language");
    cors.apply(request.headers(), head);
    String first = refusal.first();
    if (first != null) {
      head.set("link", "<" + first + ">; rel=\"first\"");
    }
    switch (problem) {
      case METHOD_NOT_ALLOWED -> head.set(HttpHeaders.ALLOW, Routes.ALLOWED);
      case BUSY, UNAVAILABLE -> head.set(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_S));
      default -> {}
    }
    boolean ends = problem.endsConnection() && request.version() != HttpVersion.HTTP_2;
    if (ends) {
      head.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    end(request, problem.status(), Buffer.buffer(body(refusal, korean)), started);
    if (ends) {
      var unused = request.connection().close(); // what follows is not read as a request
    }
  }

  /** What turns away as {@link Problem#BUSY}, without a request of the server. */
  static Shedding shedding(Shedding.Loads loads, Traffic traffic, Cors cors) {
    Refusal busy = Problem.BUSY.refusal();
    return new Shedding(loads, traffic, cors, body(busy, false), body(busy, true), RETRY_AFTER_S);
  }

  /** Shedding must cost next to nothing: what names nothing of the request is made once. */
  private static byte[] body(Refusal refusal, boolean korean) {
    return refusal.parameter() != null || refusal.first() != null
        ? make(refusal, korean)
        : MADE.computeIfAbsent(refusal.problem().name() + korean, name -> make(refusal, korean));
  }

  private static byte[] make(Refusal refusal, boolean korean) {
    Problem problem = refusal.problem();
    return write(
        out -> {
          out.writeStringField("type", problem.type());
          out.writeStringField("title", problem.title(korean));
          out.writeNumberField("status", problem.status());
          out.writeStringField("detail", problem.detail(korean));
          if (refusal.parameter() != null) {
            out.writeStringField("parameter", refusal.parameter());
          }
          if (refusal.first() != null) {
            out.writeStringField("first", refusal.first());
          }
        });
  }

  /** Members of one JSON object. */
  interface Members {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] write(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writes to memory only", e);
    }
    return bytes.toByteArray();
  }

  /** What every answer has. */
  MultiMap head(HttpServerRequest request) {
    MultiMap head = request.response().headers();
    head.set(HttpHeaders.DATE, writer.date());
    head.set("x-content-type-options", "nosniff");
    return head;
  }

  /** For preflights of other origins: what they may send. */
  void preflight(HttpServerRequest request, long started) {
    MultiMap head = head(request);
    cors.apply(request.headers(), head);
    head.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
    head.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match, Last-Event-ID");
    head.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
    request.response().setStatusCode(204);
    end(request, 204, Buffer.buffer(), started);
  }

  private void end(HttpServerRequest request, int status, Buffer body, long started) {
    HttpServerResponse response = request.response();
    response.setStatusCode(status);
    int sent = 0;
    if (status == 304 || status == 204) {
      response.end();
    } else if (HttpMethod.HEAD.equals(request.method())) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      response.end();
    } else {
      sent = body.length();
      response.end(body);
    }
    traffic.answered(status, Traffic.Source.SELF, sent, started);
  }
}
