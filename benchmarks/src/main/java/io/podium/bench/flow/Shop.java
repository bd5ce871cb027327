package io.podium.bench.flow;

import io.podium.bench.MeasurementException;
import io.podium.bench.updater.SalesTraffic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/** Posts events over HTTP: some and waits for the 202, or traffic at a fixed rate beside it. */
public final class Shop implements AutoCloseable {
  private static final int BATCH = 250;
  private static final int ON_THE_WAY = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI uri;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Semaphore onTheWay = new Semaphore(ON_THE_WAY);
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /** Fair: who sells behind time takes it again and again. */
  private final ReentrantLock selling = new ReentrantLock(true);

  private final AtomicLong paused = new AtomicLong();
  private volatile boolean stopped;

  public Shop(String updater) {
    this.uri = URI.create(updater + "/v1/events");
  }

  /** One event in an array that is built by {@link #post}. */
  public interface Writer {
    void write(int number, StringBuilder out);
  }

  /** Returns when all are acknowledged. */
  public void post(int from, int to, Writer writer) {
    for (int at = from; at < to; at += BATCH) {
      int end = Math.min(to, at + BATCH);
      try {
        int status = client.send(request(body(at, end, writer)), discard()).statusCode();
        if (status != 202) {
          throw new MeasurementException("the updater answered " + status + " to events");
        }
      } catch (IOException e) {
        throw new MeasurementException("the updater did not answer: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MeasurementException("interrupted", e);
      }
    }
  }

  /** Posts traffic in the background, each batch when it is due, until it is closed. */
  public void sell(SalesTraffic traffic, int perSecond) {
    sell(traffic, perSecond, Duration.ZERO);
  }

  /**
   * As {@link #sell(SalesTraffic, int)}.
   *
   * @param rise in which the rate grows from 0 to {@code perSecond}
   */
  public void sell(SalesTraffic traffic, int perSecond, Duration rise) {
    Thread thread =
        new Thread(
            () -> {
              long start = System.nanoTime();
              for (long sent = 0; !stopped; sent += BATCH) {
                long due = (long) (1e9 * due(sent, perSecond, rise.toNanos() / 1e9));
                Pause.until(start + due + paused.get());
                sendOne(body(0, BATCH, (i, out) -> EventJson.append(traffic.next(), out)));
              }
            },
            "shop");
    thread.setDaemon(true);
    thread.start();
  }

  /** Seconds from the start; within the rise, sent = perSecond * seconds^2 / (2 * rise). */
  private static double due(long sent, int perSecond, double rise) {
    double inRise = perSecond * rise / 2;
    return sent < inRise
        ? Math.sqrt(2 * rise * sent / perSecond)
        : rise + (sent - inRise) / perSecond;
  }

  /** Nothing is sold meanwhile; all that would be due comes so much later. */
  void pause(Runnable meanwhile) {
    selling.lock();
    try {
      long start = System.nanoTime();
      meanwhile.run();
      paused.addAndGet(System.nanoTime() - start);
    } finally {
      selling.unlock();
    }
  }

  private void sendOne(byte[] body) {
    selling.lock();
    try {
      onTheWay.acquireUninterruptibly();
      send(body);
    } finally {
      selling.unlock();
    }
  }

  private void send(byte[] body) {
    var unused =
        client
            .sendAsync(request(body), discard())
            .whenComplete(
                (answer, failure) -> {
                  onTheWay.release();
                  boolean ok = failure == null && answer.statusCode() == 202;
                  (ok ? accepted : refused).add(BATCH);
                });
  }

  private static HttpResponse.BodyHandler<Void> discard() {
    return HttpResponse.BodyHandlers.discarding();
  }

  private HttpRequest request(byte[] body) {
    return HttpRequest.newBuilder(uri)
        .timeout(PATIENCE)
        .header("Content-Type", "application/cloudevents-batch+json")
        .header("Authorization", "Bearer " + Site.TOKEN)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static byte[] body(int from, int to, Writer writer) {
    StringBuilder body = new StringBuilder((to - from) * 300);
    for (int i = from; i < to; i++) {
      body.append(i == from ? '[' : ',');
      writer.write(i, body);
    }
    return body.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A card's upsert or patch, now. */
  public static void card(
      String id, String type, String product, String members, StringBuilder out) {
    envelope(id, type, out).append("\"productId\":\"").append(product);
    out.append("\",\"card\":{").append(members).append("}}}");
  }

  /** An order of one line, now. */
  public static void order(String id, String product, int quantity, StringBuilder out) {
    envelope(id, "order.placed", out).append("\"orderId\":\"").append(id);
    out.append("\",\"lines\":[{\"productId\":\"").append(product).append("\",\"quantity\":");
    out.append(quantity).append(",\"unitPrice\":100}]}}");
  }

  private static StringBuilder envelope(String id, String type, StringBuilder out) {
    out.append("{\"specversion\":\"1.0\",\"id\":\"").append(id);
    out.append("\",\"source\":\"/probe\",\"type\":\"").append(type);
    return out.append("\",\"time\":\"").append(Instant.now()).append("\",\"data\":{");
  }

  /** Traffic that was answered with 202. */
  long accepted() {
    return accepted.sum();
  }

  /** Traffic that was answered with anything else, or not at all. */
  long refused() {
    return refused.sum();
  }

  @Override
  public void close() {
    stopped = true;
  }
}
