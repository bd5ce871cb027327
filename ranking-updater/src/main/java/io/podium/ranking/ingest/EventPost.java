package io.podium.ranking.ingest;

import io.podium.ranking.stream.EventLog;
import io.podium.store.StoreException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/events}, from the first header to the answer. */
final class EventPost {
  private static final Logger LOG = LoggerFactory.getLogger(EventPost.class);

  static final int MAX_BODY_BYTES = 4 << 20;

  /** Bodies under way, all requests together; beyond it clients wait. */
  private static final long MAX_BYTES_UNDER_WAY = 64L << 20;

  /** Smaller bodies are read on the event loop: below a millisecond. */
  private static final int LOOP_BYTES = 64 * 1024;

  private static final int RETRY_AFTER = 1;

  private final Vertx vertx;
  private final WorkerExecutor readers;
  private final EventLog log;
  private final ApiKeys keys;
  private final RateLimit rates;
  private final IngestCounts counts;
  private final Clock clock;
  private final AtomicLong bytesUnderWay = new AtomicLong();

  EventPost(
      Vertx vertx, EventLog log, ApiKeys keys, RateLimit rates, IngestCounts counts, Clock clock) {
    this.vertx = vertx;
    this.readers = vertx.createSharedWorkerExecutor("ingest", 2);
    this.log = log;
    this.keys = keys;
    this.rates = rates;
    this.counts = counts;
    this.clock = clock;
  }

  /** On an event loop. */
  void handle(HttpServerRequest request) {
    String key = keys.name(request.getHeader("Authorization"));
    if (key == null) {
      request.response().putHeader("WWW-Authenticate", "Bearer realm=\"podium\"");
      refuse(request, Problem.of(401, "Unauthorized", "a key is needed: Authorization: Bearer …"));
      return;
    }
    int wait = rates.waitSeconds(key, System.nanoTime());
    if (wait > 0) {
      String detail = "the key " + key + " is over its limit of events per second";
      refuse(request, Problem.later(429, "Too many events", detail, wait));
      return;
    }
    EventMode mode = EventMode.of(request);
    if (mode == null) {
      request.response().putHeader("Accept", EventMode.ACCEPTED);
      refuse(request, Problem.whole("wrong media type: send " + EventMode.ACCEPTED));
      return;
    }
    if (declaredLength(request) > MAX_BODY_BYTES) {
      refuseBody(request);
      return;
    }
    new Body(request, key, mode).read();
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void refuse(HttpServerRequest request, Problem problem) {
    answer(request.response(), problem);
  }

  /** What is still to come of the body is not worth reading: the connection goes, not HTTP/2's. */
  private void refuseBody(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader("Connection", "close");
    }
    String reason = "too large: a body may have " + MAX_BODY_BYTES + " bytes";
    answer(request.response(), Problem.whole(reason));
  }

  private void answer(HttpServerResponse response, Problem problem) {
    if (!response.ended() && !response.closed()) {
      counts.answered(problem.status());
      problem.send(response);
    }
  }

  /** One request's body, on the request's own context. */
  private final class Body {
    private final HttpServerRequest request;
    private final String key;
    private final EventMode mode;
    private final Context context;
    private final Buffer bytes = Buffer.buffer();
    private boolean refused;
    private boolean done;

    Body(HttpServerRequest request, String key, EventMode mode) {
      this.request = request;
      this.key = key;
      this.mode = mode;
      this.context = vertx.getOrCreateContext();
    }

    void read() {
      request.handler(this::add).exceptionHandler(e -> release()).endHandler(end -> parse());
    }

    private void add(Buffer part) {
      if (refused) {
        return;
      }
      bytesUnderWay.addAndGet(part.length());
      bytes.appendBuffer(part);
      if (bytes.length() > MAX_BODY_BYTES) {
        refused = true;
        release();
        refuseBody(request);
      } else if (bytesUnderWay.get() > MAX_BYTES_UNDER_WAY) {
        refused = true;
        release();
        answer(
            request.response(),
            Problem.later(503, "Busy", "too many bodies are under way", RETRY_AFTER));
      }
    }

    /** Once, however it ends. */
    private void release() {
      if (!done) {
        done = true;
        bytesUnderWay.addAndGet(-bytes.length());
      }
    }

    private void parse() {
      if (refused) {
        return;
      }
      if (bytes.length() <= LOOP_BYTES) {
        parsed(mode.read(request, bytes.getBytes(), clock.instant()), null);
      } else {
        Future<RawEvents> read =
            readers.executeBlocking(
                () -> mode.read(request, bytes.getBytes(), clock.instant()), false);
        read.onComplete(r -> parsed(r.result(), r.cause()));
      }
    }

    private void parsed(@Nullable RawEvents events, @Nullable Throwable failure) {
      if (events == null) {
        LOG.error("A body could not be read", failure);
        release();
        answer(request.response(), Problem.of(500, "Internal error", "see the updater's log"));
        return;
      }
      if (!events.faults().isEmpty()) {
        release();
        answer(request.response(), Problem.malformed(events.faults()));
        return;
      }
      if (events.size() == 0) {
        stored(0);
        return;
      }
      rates.take(key, events.size(), System.nanoTime());
      Future.fromCompletionStage(log.append(events.events(), events.products()), context)
          .onSuccess(done -> stored(events.size()))
          .onFailure(this::notStored);
    }

    private void stored(int events) {
      release();
      counts.accepted(events);
      request
          .response()
          .setStatusCode(202)
          .putHeader("Content-Type", "application/json")
          .end(new JsonObject().put("accepted", events).toBuffer());
    }

    /** Whether anything was stored may be unknown; the client repeats it, and it counts once. */
    private void notStored(Throwable e) {
      release();
      String detail =
          e instanceof StoreException s ? String.valueOf(s.getMessage()) : "the log failed";
      answer(request.response(), Problem.later(503, "Not stored", detail, RETRY_AFTER));
    }
  }
}
