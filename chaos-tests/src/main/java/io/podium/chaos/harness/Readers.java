package io.podium.chaos.harness;

import io.podium.chaos.check.Answer;
import io.podium.chaos.check.History;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients who read pages at a fixed rate whatever the answers take (an open loop): latency counts
 * from the moment at which a read was due. A read that finds no listener is taken to the next
 * engine, as a balancer does. One thread sends; {@link #close} waits for what is on the way.
 */
public final class Readers implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** In the words of the JDK's client. */
  private static final String NO_BYTES = "header parser received no bytes";

  /** Beyond these a read is noted as failed: the client is out of sockets. */
  private static final int MOST_IN_FLIGHT = 2_000;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final List<String> engines;
  private final List<String> urls;
  private final History history;
  private final SplittableRandom random;
  private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
  private final Thread thread = new Thread(this::run, "readers");
  private volatile int perSecond;
  private volatile boolean pausing;
  private volatile boolean stopped;

  /**
   * @param urls without the engine, the most read first
   */
  public Readers(
      List<String> engines,
      List<String> urls,
      int perSecond,
      History history,
      SplittableRandom random) {
    this.engines = engines;
    this.urls = urls;
    this.perSecond = perSecond;
    this.history = history;
    this.random = random;
  }

  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on; what was due before stays due. */
  public void rate(int reads) {
    perSecond = reads;
  }

  public int rate() {
    return perSecond;
  }

  /** Nobody reads meanwhile, as long as there is nobody to answer. */
  public void pause(boolean now) {
    pausing = now;
  }

  private void run() {
    long due = history.now();
    for (int i = 0; !stopped; i++) {
      due += TimeUnit.SECONDS.toNanos(1) / perSecond;
      for (long left = due - history.now(); left > 0 && !stopped; left = due - history.now()) {
        LockSupport.parkNanos(left);
      }
      if (pausing) {
        continue;
      }
      String url = urls.get(pick());
      int client = i % CLIENTS;
      if (inFlight.tryAcquire()) {
        read(due, client, client % engines.size(), url, 1);
      } else {
        long now = history.now();
        int status = Answer.NOT_IN_TIME;
        history.add(new Answer(due, due, now, client, "", url, status, "", false, null));
      }
    }
  }

  /** Few pages are read often. */
  private int pick() {
    double u = random.nextDouble();
    return (int) (urls.size() * u * u);
  }

  private void read(long due, int client, int engine, String url, int attempt) {
    String node = engines.get(engine);
    long sent = history.now();
    var unused =
        ask(node + url)
            .whenComplete(
                (answer, failure) -> {
                  if (isUnheard(failure) && attempt < engines.size()) {
                    read(due, client, (engine + 1) % engines.size(), url, attempt + 1);
                    return;
                  }
                  inFlight.release();
                  history.add(
                      PageReading.of(due, sent, history.now(), client, node, url, answer, failure));
                });
  }

  /**
   * What a balancer repeats elsewhere: a connection that was refused, or was closed, having been
   * idle, before a byte of the answer came. Anything else is a fault that a reader sees.
   */
  private static boolean isUnheard(@Nullable Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectException || String.valueOf(t.getMessage()).contains(NO_BYTES)) {
        return true;
      }
    }
    return false;
  }

  private CompletableFuture<HttpResponse<byte[]>> ask(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
      if (!inFlight.tryAcquire(MOST_IN_FLIGHT, PATIENCE.toSeconds() + 5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("readers are on the way still");
      }
      inFlight.release(MOST_IN_FLIGHT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
