package io.podium.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Posts batches of events to one of the updaters, and on to the other one when it does not take
 * them, until one answers 202. A batch that was taken but not answered is sent again: each event
 * counts once. Safe from any thread.
 */
final class EventPost {
  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final long PAUSE_MS = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final List<URI> updaters;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private volatile int preferred;

  /**
   * @param updaters their base addresses
   */
  EventPost(List<String> updaters) {
    this.updaters = updaters.stream().map(u -> URI.create(u + "/v1/events")).toList();
  }

  /** Returns when the events are safe, however long that takes. */
  void post(List<ObjectNode> events) throws InterruptedException {
    if (events.isEmpty()) {
      return;
    }
    byte[] body = bytes(events);
    while (true) {
      int at = preferred;
      if (isAccepted(updaters.get(at), body)) {
        accepted.add(events.size());
        return;
      }
      retries.increment();
      preferred = (at + 1) % updaters.size();
      Thread.sleep(PAUSE_MS);
    }
  }

  private static byte[] bytes(List<ObjectNode> events) {
    try {
      return JSON.writeValueAsBytes(events);
    } catch (IOException e) {
      throw new IllegalStateException("a tree of JSON nodes can be written", e);
    }
  }

  private boolean isAccepted(URI uri, byte[] body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(REQUEST)
            .header("Content-Type", "application/cloudevents-batch+json")
            .header("Authorization", "Bearer " + DemoConfig.TOKEN)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 == 4 && answer.statusCode() != 429) {
        throw new IllegalStateException("the updater refuses the shop's events: " + answer.body());
      }
      return answer.statusCode() == 202;
    } catch (IOException e) {
      return false;
    }
  }

  /** Events answered with 202. */
  long accepted() {
    return accepted.sum();
  }

  /** Batches that had to be sent again. */
  long retries() {
    return retries.sum();
  }
}
