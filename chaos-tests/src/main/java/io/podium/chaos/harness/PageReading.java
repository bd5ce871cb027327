package io.podium.chaos.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.chaos.check.Answer;
import io.podium.chaos.check.Sales;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer of the read engine tells. */
final class PageReading {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PageReading() {}

  /**
   * @param failure why there is none; null: there is
   */
  static Answer of(
      long due,
      long sent,
      long received,
      int client,
      String node,
      String url,
      @Nullable HttpResponse<byte[]> answer,
      @Nullable Throwable failure) {
    if (answer == null) {
      int status = isTimeout(failure) ? Answer.NOT_IN_TIME : 0;
      return new Answer(due, sent, received, client, node, url, status, "", false, null);
    }
    String status = answer.headers().firstValue("cache-status").orElse("");
    boolean stale = status.contains("ttl=-");
    return new Answer(
        due,
        sent,
        received,
        client,
        node,
        url,
        answer.statusCode(),
        stale ? "stale" : tier(status),
        stale,
        answer.statusCode() == 200 ? page(answer.body()) : null);
  }

  private static boolean isTimeout(@Nullable Throwable failure) {
    return failure instanceof HttpTimeoutException
        || (failure != null && isTimeout(failure.getCause()));
  }

  /** The first word of {@code detail}. */
  private static String tier(String cacheStatus) {
    int at = cacheStatus.indexOf("detail=\"");
    return at < 0 ? "" : cacheStatus.substring(at + 8).split("[;\"]", 2)[0];
  }

  /** Null for what is no page. */
  static Answer.@Nullable Page page(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      List<Integer> ranks = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (JsonNode item : json.path("items")) {
        ranks.add(item.path("rank").asInt());
        ids.add(item.path("productId").asText());
      }
      return new Answer.Page(
          json.path("epoch").asLong(),
          json.path("hash").asText(),
          age(json),
          json.path("total").asInt(),
          ranks,
          ids,
          wrongCard(json));
    } catch (IOException | java.time.format.DateTimeParseException e) {
      return null;
    }
  }

  private static long age(JsonNode page) {
    return page.hasNonNull("asOf")
        ? System.currentTimeMillis() - Instant.parse(page.get("asOf").asText()).toEpochMilli()
        : 0;
  }

  /** Cards say which product they are of, and never change. */
  private static String wrongCard(JsonNode page) {
    for (JsonNode item : page.path("items")) {
      String id = item.path("productId").asText();
      JsonNode name = item.path("product").path("name");
      if (!name.isMissingNode() && !name.asText().equals(Sales.name(id))) {
        return id + " is shown as " + name.asText();
      }
    }
    return "";
  }
}
