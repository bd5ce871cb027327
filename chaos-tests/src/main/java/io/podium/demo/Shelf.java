package io.podium.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Prices, stock and badges of the catalogue as they are now, and the card events that tell of their
 * changes. Not thread-safe.
 */
final class Shelf {
  private static final int LOW = 5;
  private static final long RESTOCK_SECONDS = 25;

  private final Catalogue catalogue;
  private final Events events;
  private final Random random;
  private final int[] price;
  private final int[] stock;
  private final Deque<Refill> refills = new ArrayDeque<>();
  private final List<ObjectNode> told = new ArrayList<>();

  private record Refill(Instant at, int index) {}

  Shelf(Catalogue catalogue, Events events, Random random) {
    this.catalogue = catalogue;
    this.events = events;
    this.random = random;
    this.price = catalogue.products().stream().mapToInt(Product::price).toArray();
    this.stock = catalogue.products().stream().mapToInt(this::delivery).toArray();
  }

  private int delivery(Product product) {
    return product.limited() ? 40 + random.nextInt(60) : 100_000 + random.nextInt(100_000);
  }

  int price(int index) {
    return price[index];
  }

  /** Takes up to {@code wanted} off the shelf; 0 when it is sold out. */
  int take(int index, int wanted, Instant now) {
    int taken = Math.min(wanted, stock[index]);
    if (taken == 0) {
      return 0;
    }
    int before = stock[index];
    stock[index] -= taken;
    if (stock[index] <= LOW && (before > LOW || stock[index] == 0)) {
      patch(index, now, stock(index));
    }
    if (stock[index] == 0) {
      refills.add(new Refill(now.plusSeconds(RESTOCK_SECONDS), index));
    }
    return taken;
  }

  void restock(Instant now) {
    while (!refills.isEmpty() && !refills.peek().at().isAfter(now)) {
      int index = refills.remove().index();
      stock[index] = delivery(catalogue.products().get(index));
      patch(index, now, stock(index));
    }
  }

  /** One product's sale begins or ends. */
  void changePrice(int index, Instant now) {
    Product product = catalogue.products().get(index);
    boolean onSale = price[index] < product.price();
    price[index] =
        onSale ? product.price() : product.price() * (60 + 5 * random.nextInt(7)) / 100 / 100 * 100;
    patch(index, now, price(index, JsonNodeFactory.instance.objectNode()));
  }

  /** A popular product of which only a few are left. */
  void runLow(int index, Instant now) {
    if (stock[index] > LOW) {
      stock[index] = 2 + random.nextInt(LOW - 1);
      patch(index, now, stock(index));
    }
  }

  /** The card events since the last call. */
  List<ObjectNode> changes() {
    List<ObjectNode> changes = List.copyOf(told);
    told.clear();
    return changes;
  }

  /** The whole card of every product, the samples among them. */
  List<ObjectNode> cards(Instant at) {
    List<ObjectNode> cards = new ArrayList<>();
    List<Product> products = catalogue.products();
    for (int i = 0; i < products.size(); i++) {
      ObjectNode card = card(products.get(i));
      card.setAll(stock(i));
      cards.add(event("product.upserted", at, products.get(i), price(i, card)));
    }
    for (Product sample : catalogue.samples()) {
      ObjectNode card = card(sample).put("price", sample.price());
      cards.add(event("product.upserted", at, sample, card));
    }
    return cards;
  }

  private static ObjectNode card(Product product) {
    ObjectNode card = JsonNodeFactory.instance.objectNode();
    card.putObject("name").put("en", product.name().en()).put("ko", product.name().ko());
    card.put("brand", product.brand().en());
    card.putObject("brandName").put("en", product.brand().en()).put("ko", product.brand().ko());
    card.put("category", product.path()).put("groupId", product.groupId()).put("currency", "KRW");
    product.badges().forEach(card.putArray("badges")::add);
    card.putObject("review").put("rating", product.rating()).put("count", product.reviews());
    return card;
  }

  private ObjectNode stock(int index) {
    return JsonNodeFactory.instance.objectNode().put("stock", stock[index]);
  }

  /** Price, the usual price while it is lower, and the badge that says so. */
  private ObjectNode price(int index, ObjectNode card) {
    Product product = catalogue.products().get(index);
    boolean onSale = price[index] < product.price();
    card.put("price", price[index]);
    ArrayNode badges = card.putArray("badges");
    if (onSale) {
      card.put("listPrice", product.price());
      badges.add("sale");
    } else {
      card.putNull("listPrice");
    }
    product.badges().forEach(badges::add);
    return card;
  }

  private void patch(int index, Instant now, ObjectNode members) {
    told.add(event("product.patched", now, catalogue.products().get(index), members));
  }

  private ObjectNode event(String type, Instant at, Product product, ObjectNode members) {
    return events.card(type, at, product.id(), members);
  }
}
