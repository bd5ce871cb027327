package io.podium.chaos.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** GET of JSON on this machine, with a deadline. Safe from any thread. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * @param status 0 when nobody answered
   * @param body null unless it is JSON
   */
  public record Answer(int status, @Nullable JsonNode body) {}

  public Answer get(String url) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), json(answer.body()));
    } catch (IOException e) {
      return new Answer(0, null);
    }
  }

  private static @Nullable JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return null;
    }
  }

  /** The body of a 200; null for anything else. */
  public @Nullable JsonNode json(String url) throws InterruptedException {
    Answer answer = get(url);
    return answer.status() == 200 ? answer.body() : null;
  }

  public boolean isUp(String url) throws InterruptedException {
    return get(url).status() == 200;
  }
}
