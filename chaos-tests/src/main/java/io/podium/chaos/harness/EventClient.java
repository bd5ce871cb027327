package io.podium.chaos.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * A shop that does not lose an event: it posts batches over several connections, and each batch
 * again, unchanged, until an updater answers 202. One that did not answer in time is left alone for
 * a moment. Safe from any thread.
 */
public final class EventClient implements AutoCloseable {
  private static final Duration REQUEST = Duration.ofSeconds(2);
  private static final long LEFT_ALONE_NANOS = REQUEST.toNanos();
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int CONNECTIONS = 6;
  private static final int NONE = -1;

  private final List<URI> updaters;

  /** When each of them last failed to answer. */
  private final AtomicLongArray failedAt;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile IntConsumer heard = events -> {};
  private volatile int spared = NONE;
  private volatile boolean closed;

  /** Events in all, how many a request, and how many a second at most. */
  public record Plan(int events, int batch, int perSecond) {}

  /**
   * @param updaters their base addresses
   */
  public EventClient(List<String> updaters) {
    this.updaters = updaters.stream().map(u -> URI.create(u + "/v1/events")).toList();
    this.failedAt = new AtomicLongArray(updaters.size());
    for (int i = 0; i < updaters.size(); i++) {
      failedAt.set(i, System.nanoTime() - LEFT_ALONE_NANOS);
    }
  }

  /**
   * Posts all of a plan's events in the background, beside other plans.
   *
   * @param json appends the event of a number
   */
  public Posting post(Plan plan, BiConsumer<Integer, StringBuilder> json) {
    long start = System.nanoTime();
    Posting posting = new Posting(plan);
    for (int i = 0; i < CONNECTIONS; i++) {
      int connection = i;
      posting.add(threads.submit(() -> postAll(plan, json, start, posting, connection)));
    }
    return posting;
  }

  private void postAll(
      Plan plan,
      BiConsumer<Integer, StringBuilder> json,
      long start,
      Posting posting,
      int connection) {
    for (int from = posting.take(); from >= 0 && !closed; from = posting.take()) {
      int to = (int) Math.min(plan.events(), (long) from + plan.batch());
      long due = start + from * 1_000_000_000L / plan.perSecond();
      while (System.nanoTime() - due < 0 && !closed) {
        LockSupport.parkNanos(Math.min(PAUSE_NANOS, due - System.nanoTime()));
      }
      postUntilAcknowledged(body(from, to, json), connection + from / plan.batch());
      acknowledged.add(to - from);
      heard.accept(to - from);
    }
  }

  /** From now on hears of each batch how many of its events were acknowledged. */
  public void hear(IntConsumer listener) {
    heard = listener;
  }

  private static byte[] body(int from, int to, BiConsumer<Integer, StringBuilder> json) {
    StringBuilder body = new StringBuilder((to - from) * 400);
    for (int i = from; i < to; i++) {
      body.append(i == from ? '[' : ',');
      json.accept(i, body);
    }
    return body.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void postUntilAcknowledged(byte[] body, int first) {
    long start = System.nanoTime();
    for (int turn = first; !closed; turn++) {
      if (isAcknowledged(answering(turn), body)) {
        longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException("closed with a batch on the way");
  }

  /** No batch goes to this updater until {@link #spareNone}. */
  public void spare(int updater) {
    spared = updater;
  }

  public void spareNone() {
    spared = NONE;
  }

  /** The one whose turn it is, or the next one that is not left alone. */
  private int answering(int turn) {
    int size = updaters.size();
    int last = Math.floorMod(turn, size);
    for (int i = 0; i < size; i++) {
      int updater = Math.floorMod(turn + i, size);
      if (updater == spared) {
        continue;
      }
      if (System.nanoTime() - failedAt.get(updater) >= LEFT_ALONE_NANOS) {
        return updater;
      }
      last = updater;
    }
    return last;
  }

  private boolean isAcknowledged(int updater, byte[] body) {
    int status = status(updaters.get(updater), body);
    if (status == 0) {
      failedAt.set(updater, System.nanoTime());
      unanswered.increment();
    } else if (status != 202) {
      refused.increment();
    }
    return status == 202;
  }

  /** Posts a body once; the status of the answer, 0 without one. */
  public int once(int updater, String body) {
    return status(updaters.get(updater), body.getBytes(StandardCharsets.UTF_8));
  }

  private int status(URI updater, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(updater)
            .timeout(REQUEST)
            .header("Content-Type", "application/cloudevents-batch+json")
            .header("Authorization", "Bearer " + StackConfig.TOKEN)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted with a batch on the way", e);
    }
  }

  /** Events answered with 202. */
  public long acknowledged() {
    return acknowledged.sum();
  }

  /** Requests answered with anything else. */
  public long refused() {
    return refused.sum();
  }

  /** Requests without an answer: their events may be stored or not. */
  public long unanswered() {
    return unanswered.sum();
  }

  /** From the first try of a batch to its 202, at the worst. */
  public Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
  }
}
