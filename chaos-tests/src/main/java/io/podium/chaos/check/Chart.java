package io.podium.chaos.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A board on the event clock as a drill knows it: its definition as RFC 8785 text, which goes into
 * the configuration and into the hash alike, and what a scan has to know of it.
 *
 * @param score units, revenue or weights
 * @param weights by event type, for weights
 * @param span window, or half-life
 * @param slices dimensions: category, buyer.ageGroup, or both; the empty list is the whole shop
 */
public record Chart(
    String name,
    String definition,
    String score,
    Map<String, Integer> weights,
    Duration span,
    boolean halfLife,
    Duration step,
    int size,
    List<List<String>> slices) {
  private static final int SIZE = 100;
  private static final List<List<String>> SLICES =
      List.of(List.of(), List.of("category"), List.of("buyer.ageGroup"));

  /** Units or revenue of a day, in steps of a minute. */
  public static Chart day(String name, String score) {
    String text =
        "{\"clock\":\"event\",\"currency\":\"KRW\",\"expose\":[\"score\"],\"maxValues\":10000,"
            + "\"movementBy\":\"PT1H\",\"publishEvery\":\"PT0.2S\",\"score\":\""
            + score
            + "\",\"size\":100,\"slices\":[[],[\"category\"],[\"buyer.ageGroup\"]],"
            + "\"step\":\"PT1M\",\"window\":\"PT24H\"}";
    return new Chart(
        name,
        text,
        score,
        Map.of(),
        Duration.ofDays(1),
        false,
        Duration.ofMinutes(1),
        SIZE,
        SLICES);
  }

  /** Weights that fade with a half-life of half an hour, in steps of a minute. */
  public static Chart trending(String name) {
    String text =
        "{\"clock\":\"event\",\"currency\":\"KRW\",\"expose\":[\"score\"],\"halfLife\":\"PT30M\","
            + "\"maxValues\":10000,\"movementBy\":\"PT1H\",\"publishEvery\":\"PT0.5S\",\"score\":"
            + "{\"cart.added\":3,\"order.placed\":10,\"product.viewed\":1},\"size\":100,"
            + "\"slices\":[[],[\"category\"],[\"buyer.ageGroup\"]],\"step\":\"PT1M\"}";
    return new Chart(
        name,
        text,
        "weights",
        Map.of(Sale.CART, 3, Sale.PLACED, 10, Sale.VIEWED, 1),
        Duration.ofMinutes(30),
        true,
        Duration.ofMinutes(1),
        SIZE,
        SLICES);
  }

  /** What one piece or one view of the type adds; 0: nothing. */
  long worth(String type, @Nullable Integer unitPrice) {
    return switch (score) {
      case "units" -> type.equals(Sale.PLACED) ? 1 : 0;
      case "revenue" -> type.equals(Sale.PLACED) && unitPrice != null ? unitPrice : 0;
      default -> weights.getOrDefault(type, 0);
    };
  }
}
