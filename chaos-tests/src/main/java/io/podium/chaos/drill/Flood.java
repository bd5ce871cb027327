package io.podium.chaos.drill;

import io.podium.chaos.check.Sales;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Many pages that nobody has asked for. */
final class Flood {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<Integer> SIZES = List.of(10, 20, 50, 100);

  /** Of a 503 without Retry-After. */
  static final int BAD_REFUSAL = -503;

  private Flood() {}

  /** Every page of every category of a board. */
  static List<String> urls(String board) {
    List<String> urls = new ArrayList<>();
    for (int size : SIZES) {
      String page = "/v1/rankings/" + board + "?size=" + size + "&category=";
      for (int kind = 0; kind < Sales.KINDS; kind++) {
        urls.add(page + "c" + kind);
      }
      for (int category = 0; category < Sales.CATEGORIES; category++) {
        urls.add(page + "c" + category % Sales.KINDS + "%2Fs" + category);
      }
    }
    return urls;
  }

  /**
   * Asks for each once.
   *
   * @param atOnce on the way at a time
   * @return answers by status; 0: none
   */
  static Map<Integer, Integer> ask(String engine, List<String> urls, int atOnce)
      throws InterruptedException {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Semaphore free = new Semaphore(atOnce);
    List<CompletableFuture<Integer>> asked = new ArrayList<>();
    for (String url : urls) {
      if (!free.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new DrillException("the flood of reads is not answered any more");
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(engine + url)).timeout(PATIENCE).build();
      asked.add(
          http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
              .handle((answer, failure) -> failure == null ? status(answer) : 0)
              .whenComplete((status, never) -> free.release()));
    }
    Map<Integer, Integer> byStatus = new TreeMap<>();
    asked.forEach(one -> byStatus.merge(one.join(), 1, Integer::sum));
    return byStatus;
  }

  private static int status(HttpResponse<Void> answer) {
    return answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isEmpty()
        ? BAD_REFUSAL
        : answer.statusCode();
  }
}
