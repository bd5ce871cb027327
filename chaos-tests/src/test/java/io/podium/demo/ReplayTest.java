package io.podium.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.listing.CodePointOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Path MAPPING =
      Path.of("..", "ranking-updater", "mappings", "online-retail.yaml");

  @TempDir Path dir = Path.of("");

  /** Product id to units, as a plain scan adds them up. */
  private final Map<String, Long> scanned = new TreeMap<>();

  @Test
  void aReplayedOrderFileEndsWithTheRankingOfAPlainScan() throws Exception {
    Path orders = dir.resolve("orders.csv");
    Files.writeString(orders, orders(2000), StandardCharsets.UTF_8);
    try (Running demo = new Running(dir.resolve("demo"), "orders.yaml")) {
      Replay replay = new Replay(demo.ports, demo.api);
      replay.send(orders, MAPPING, dir.resolve("rejected.jsonl"));
      replay.settledPage();
      JsonNode page = Objects.requireNonNull(demo.page("?size=100"));
      List<String> shown = new ArrayList<>();
      page.path("items")
          .forEach(i -> shown.add(i.path("productId").asText() + "=" + i.path("score").asLong()));
      assertThat(shown).isEqualTo(ranking(100)).hasSize(100);
    }
  }

  private List<String> ranking(int size) {
    return scanned.entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey, CodePointOrder.INSTANCE))
        .limit(size)
        .map(e -> e.getKey() + "=" + e.getValue())
        .toList();
  }

  /** Orders of one to four lines over twelve days, one in twenty a cancellation. */
  private String orders(int count) {
    Random random = new Random(7);
    StringBuilder csv =
        new StringBuilder(
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
    for (int i = 0; i < count; i++) {
      boolean cancelled = random.nextInt(20) == 0;
      int minutes = i * 8;
      String time =
          "2010-12-%02d %02d:%02d:00"
              .formatted(1 + minutes / 1440, minutes / 60 % 24, minutes % 60);
      for (int line = random.nextInt(4); line >= 0; line--) {
        String product = "S" + (int) (300 * Math.pow(random.nextDouble(), 2));
        int quantity = 1 + random.nextInt(12);
        scanned.merge(product, (long) (cancelled ? -quantity : quantity), Long::sum);
        csv.append(cancelled ? "C" : "").append(500000 + i).append(',').append(product);
        csv.append(",\"상품, ")
            .append(product)
            .append("\",")
            .append(cancelled ? -quantity : quantity);
        csv.append(',')
            .append(time)
            .append(",2.55,17850.0,")
            .append(i % 3 == 0 ? "France" : "Korea");
        csv.append('\n');
      }
    }
    return csv.toString();
  }
}
