package io.podium.ranking.run;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes orders with a seed and adds up what they should come to. */
final class Shop {
  private final Random random;
  private final Map<String, Long> units = new TreeMap<>();
  private int next;

  Shop(long seed) {
    random = new Random(seed);
  }

  /** A batch of orders of one or two lines, for 20 products. */
  String batch(int orders) {
    StringBuilder batch = new StringBuilder("[");
    for (int i = 0; i < orders; i++) {
      batch.append(i == 0 ? "" : ",").append(order());
    }
    return batch.append(']').toString();
  }

  private String order() {
    int id = next++;
    String product = "P" + random.nextInt(20);
    int quantity = 1 + random.nextInt(3);
    units.merge(product, (long) quantity, Long::sum);
    return order("o" + id, product, quantity);
  }

  static String order(String id, String product, long quantity) {
    return """
        {"specversion":"1.0","id":"%s","source":"/shop","type":"order.placed","time":"%s",\
        "data":{"orderId":"%s","currency":"KRW","buyer":{"id":"b"},\
        "lines":[{"productId":"%s","quantity":%d,"unitPrice":100}]}}"""
        .formatted(id, Instant.now(), id, product, quantity);
  }

  static String card(String id, String product, String members) {
    return """
        {"specversion":"1.0","id":"%s","source":"/cards","type":"product.upserted","time":"%s",\
        "data":{"productId":"%s","card":%s}}"""
        .formatted(id, Instant.now(), product, members);
  }

  Map<String, Long> units() {
    return units;
  }

  int orders() {
    return next;
  }
}
