package io.podium.bench.flow;

import io.podium.bench.MeasurementException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Reads pages of the engine until they say what is waited for. Safe from any thread. */
final class PageReader {
  private static final long LOOK_EVERY_MS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;

  PageReader(String base) {
    this.base = base;
  }

  /** Nanoseconds from {@code since} to the first answer that holds the text, or does not. */
  CompletableFuture<Long> until(String path, String text, boolean holds, long since) {
    return read(path)
        .thenCompose(
            body -> {
              long now = System.nanoTime();
              if (body.contains(text) == holds && !body.isEmpty()) {
                return CompletableFuture.completedFuture(now - since);
              }
              if (now - since > 20 * PATIENCE.toNanos()) {
                throw new CompletionException(
                    new MeasurementException(text + " did not come to " + path));
              }
              return CompletableFuture.supplyAsync(
                      () -> 0,
                      CompletableFuture.delayedExecutor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS))
                  .thenCompose(x -> until(path, text, holds, since));
            });
  }

  /** The body of a 200, else an empty text. */
  CompletableFuture<String> read(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle((a, failure) -> failure == null && a.statusCode() == 200 ? a.body() : "");
  }
}
