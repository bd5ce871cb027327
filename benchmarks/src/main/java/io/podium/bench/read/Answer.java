package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One answer of a server, bytes as they came. */
record Answer(HttpResponse<byte[]> response) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Answer get(int port, String target, String encoding) {
    try {
      return new Answer(
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                      .timeout(Duration.ofSeconds(10))
                      .header("Accept-Encoding", encoding)
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new MeasurementException(target + " on port " + port + " breaks: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasurementException("interrupted", e);
    }
  }

  /** Asks until the status is 200 and the cache status begins so. */
  static Answer until(int port, String target, String encoding, String cacheStatus) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Answer answer = get(port, target, encoding);
      if (answer.response.statusCode() == 200
          && answer.header("Cache-Status").startsWith(cacheStatus)) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        throw new MeasurementException(
            target
                + " still answers "
                + answer.response.statusCode()
                + " "
                + answer.header("Cache-Status"));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  byte[] body() {
    return response.body();
  }
}
