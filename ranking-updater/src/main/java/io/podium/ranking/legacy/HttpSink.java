package io.podium.ranking.legacy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts events in batches, some of them at a time, and repeats a batch until it is answered 202.
 * Used by one thread.
 */
public final class HttpSink implements EventSink {
  private static final int BATCH_EVENTS = 500;
  private static final int BATCH_BYTES = 1 << 20;
  private static final int UNDER_WAY = 4;
  private static final Duration REQUEST = Duration.ofSeconds(30);

  /** With its body, which the client's own timeout does not cover. */
  private static final Duration ANSWER = REQUEST.plusSeconds(5);

  private static final long FIRST_PAUSE_MS = 100;
  private static final long LAST_PAUSE_MS = 5_000;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI endpoint;
  private final String key;
  private final Duration patience;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private int events;

  private record Sent(HttpRequest request, CompletableFuture<HttpResponse<String>> answer) {}

  /**
   * @param endpoint {@code http://host:8081/v1/events}
   * @param patience a batch that is not accepted for so long ends the import
   */
  public HttpSink(URI endpoint, String key, Duration patience) {
    this.endpoint = endpoint;
    this.key = key;
    this.patience = patience;
  }

  @Override
  public void put(byte[] event) throws IOException, InterruptedException {
    batch.write(events == 0 ? '[' : ',');
    batch.writeBytes(event);
    events++;
    if (events == BATCH_EVENTS || batch.size() >= BATCH_BYTES) {
      send();
    }
  }

  private void send() throws IOException, InterruptedException {
    if (events == 0) {
      return;
    }
    batch.write(']');
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/cloudevents-batch+json")
            .timeout(REQUEST)
            .POST(HttpRequest.BodyPublishers.ofByteArray(batch.toByteArray()))
            .build();
    batch.reset();
    events = 0;
    underWay.add(new Sent(request, post(request)));
    while (underWay.size() >= UNDER_WAY) {
      awaitFirst();
    }
  }

  private CompletableFuture<HttpResponse<String>> post(HttpRequest request) {
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private void awaitFirst() throws IOException, InterruptedException {
    Sent sent = underWay.removeFirst();
    CompletableFuture<HttpResponse<String>> answer = sent.answer();
    long giveUpAt = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE_MS;
    while (true) {
      String trouble = trouble(answer);
      if (trouble == null) {
        return;
      }
      if (System.nanoTime() > giveUpAt) {
        throw new IOException(
            "not accepted within " + patience + " (" + trouble + "); run the import again later");
      }
      Thread.sleep(pause);
      pause = Math.min(LAST_PAUSE_MS, pause * 2);
      answer = post(sent.request());
    }
  }

  /**
   * Null when the batch was accepted; else why not, when it may be tried again.
   *
   * @throws IOException when it never will be
   */
  private @Nullable String trouble(CompletableFuture<HttpResponse<String>> answer)
      throws IOException, InterruptedException {
    try {
      HttpResponse<String> response = answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
      int status = response.statusCode();
      if (status == 202) {
        return null;
      }
      if (status == 429 || status >= 500) {
        return "status " + status;
      }
      throw new IOException(
          endpoint + " refuses with " + status + remedy(status) + ": " + response.body());
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return "no answer within " + ANSWER;
    }
  }

  private static String remedy(int status) {
    return status == 401 ? " (name a key of updater.keys with --key)" : "";
  }

  @Override
  public void finish() throws IOException, InterruptedException {
    send();
    while (!underWay.isEmpty()) {
      awaitFirst();
    }
  }

  /** What is under way is left to itself: it counts once, whenever it is repeated. */
  @Override
  public void close() {}
}
