package io.podium.bench.flow;

import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads pages of the engine until they say what is waited for. One thread reads one page after the
 * other, each at most every 5 ms unless told otherwise: however many wait, they are no load of
 * their own. Safe from any thread.
 */
public final class PageReader implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern EPOCH = Pattern.compile("\"epoch\":(\\d{1,18})");
  private static final long GIVE_UP = TimeUnit.SECONDS.toNanos(100);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final long lookEvery;
  private final Queue<Wanted> wanted = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /**
   * @param holds whether the page is to hold the text, or not to
   * @param since when the wait began, by {@link System#nanoTime}
   */
  private record Wanted(
      String path, String text, boolean holds, long since, CompletableFuture<Seen> seen) {}

  /**
   * The first answer that was as wanted.
   *
   * @param nanos since the wait began
   * @param epochAgo nanoseconds from its epoch's number, which is when it was composed, to the
   *     answer; in whole milliseconds
   */
  public record Seen(long nanos, long epochAgo) {}

  public PageReader(String base) {
    this(base, LOOK_EVERY);
  }

  /**
   * @param lookEvery how long a page is left alone between two looks
   */
  public PageReader(String base, Duration lookEvery) {
    this.base = base;
    this.lookEvery = lookEvery.toNanos();
    Thread thread = new Thread(this::run, "page-reader");
    thread.setDaemon(true);
    thread.start();
  }

  /** The first answer after {@code since} that holds the text, or does not. */
  public CompletableFuture<Seen> until(String path, String text, boolean holds, long since) {
    Wanted w = new Wanted(path, text, holds, since, new CompletableFuture<>());
    wanted.add(w);
    return w.seen();
  }

  private void run() {
    while (!closed) {
      long due = System.nanoTime() + lookEvery;
      Map<String, List<Wanted>> byPath =
          wanted.stream().collect(Collectors.groupingBy(Wanted::path));
      byPath.forEach(this::look);
      Pause.until(due);
    }
  }

  private void look(String path, List<Wanted> those) {
    String body = read(path);
    long now = System.nanoTime();
    for (Wanted w : those) {
      if (!body.isEmpty() && body.contains(w.text()) == w.holds()) {
        wanted.remove(w);
        tell(w, body, now);
      } else if (now - w.since() > GIVE_UP) {
        wanted.remove(w);
        w.seen()
            .completeExceptionally(new MeasurementException(w.text() + " did not come to " + path));
      }
    }
  }

  private static void tell(Wanted w, String body, long now) {
    Matcher epoch = EPOCH.matcher(body);
    if (epoch.find()) {
      long ago = System.currentTimeMillis() - Long.parseLong(epoch.group(1));
      long nanos = TimeUnit.MILLISECONDS.toNanos(Math.max(0, ago));
      w.seen().complete(new Seen(now - w.since(), nanos));
    } else {
      w.seen().completeExceptionally(new MeasurementException("no epoch on " + w.path()));
    }
  }

  /** The body of a 200, else an empty text. */
  private String read(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build();
    try {
      HttpResponse<String> a = client.send(request, HttpResponse.BodyHandlers.ofString());
      return a.statusCode() == 200 ? a.body() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new MeasurementException("interrupted", e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
