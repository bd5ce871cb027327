package io.podium.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * Passes requests on to the read engine, so that the operator's page can show the shop beside its
 * buttons: an engine's pages are framed by pages of the same origin only. Safe from any thread.
 */
final class Front {
  /** What the page and its stream of changes need. */
  private static final List<String> REQUEST = List.of("accept", "if-none-match", "last-event-id");

  private static final List<String> ANSWER =
      List.of(
          "content-type",
          "cache-control",
          "etag",
          "cache-status",
          "content-security-policy",
          "age");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String engine;

  Front(String engine) {
    this.engine = engine;
  }

  /** Blocks as long as the answer lasts, which for a stream is long. */
  void pass(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.sendResponseHeaders(405, -1);
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(engine + exchange.getRequestURI()));
    for (String name : REQUEST) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      answer(exchange, client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      exchange.sendResponseHeaders(502, -1);
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<InputStream> answer)
      throws IOException {
    for (String name : ANSWER) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
    }
    boolean empty = answer.statusCode() == 304;
    exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : 0);
    if (empty) {
      return;
    }
    try (InputStream in = answer.body();
        OutputStream out = exchange.getResponseBody()) {
      byte[] some = new byte[8192];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        out.write(some, 0, read);
        out.flush();
      }
    }
  }
}
