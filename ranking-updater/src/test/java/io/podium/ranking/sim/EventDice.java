package io.podium.ranking.sim;

import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random events among few products, buyers and values, so that they collide. */
final class EventDice {
  /** Where UTF-16 and code points differ in order: U+1F600 is above U+FF5E. */
  static final List<String> PRODUCTS =
      List.of("P1", "P10", "P2", "a", "B", "상품-1", "\uD83D\uDE00", "\uFF5E");

  static final List<String> CATEGORIES = List.of("a", "a/b", "a/b/c", "a/d", "b", "뷰티/스킨케어");
  static final List<String> AGES = List.of("20s", "30s");
  private static final List<String> BRANDS =
      List.of("\"x\"", "\"x\"", "\"y\"", "1", "\"1\"", "true");
  private static final List<String> ODD =
      List.of(
          "{\"o\":1}",
          "[]",
          "\"\"",
          "\"a//b\"",
          "\"/x\"",
          "1.0",
          "\"\\u0061\"",
          '"' + "x".repeat(200) + '"',
          '"' + "a/".repeat(100) + "b\"");
  private static final List<String> MEMBERS =
      List.of(
          "category",
          "category",
          "brand",
          "brand",
          "brand",
          "groupId",
          "groupId",
          "stock",
          "onSale",
          "size",
          "recalled");
  private static final long MOST = 1_000_000_000L;

  private final Dice dice;
  private final List<String> products;
  private final boolean huge;
  private final int longest;
  private final Set<String> used = new HashSet<>();
  private int ids;
  private SalesEvent.@Nullable CardChange lastCard;

  EventDice(Dice dice) {
    this.dice = dice;
    List<String> some = new ArrayList<>(PRODUCTS);
    int many = dice.between(2, PRODUCTS.size());
    while (some.size() > many) {
      some.remove(dice.between(0, some.size() - 1));
    }
    boolean crowd = dice.chance(0.2);
    for (int i = 0; crowd && i < 24; i++) {
      some.add("Q" + i);
    }
    this.products = some;
    this.longest = crowd ? 12 : 3;
    this.huge = dice.chance(0.12);
  }

  String product() {
    return dice.pick(products);
  }

  /** Ids repeat under two sources, sometimes: only both together identify an event. */
  Meta meta(String type, Instant time) {
    ids++;
    String id = dice.chance(0.3) ? "e" + (ids & ~1) : "e" + ids;
    used.add("/s" + ids % 2 + ' ' + id);
    return new Meta("/s" + ids % 2, id, type, time, ids * 0x9E3779B97F4A7C15L);
  }

  OrderPlaced order(String orderId, Instant time) {
    return new OrderPlaced(
        meta("order.placed", time), orderId, currency(), buyer(), lines(longest));
  }

  /** Another placement of the same order: mostly alike, sometimes not at all. */
  OrderPlaced retry(OrderPlaced first, Instant time) {
    Meta meta = meta("order.placed", time);
    return dice.chance(0.5)
        ? new OrderPlaced(meta, first.orderId(), first.currency(), first.buyer(), first.lines())
        : new OrderPlaced(meta, first.orderId(), currency(), buyer(), lines(2));
  }

  OrderCancelled cancellation(OrderPlaced order, Instant time) {
    Meta meta = meta("order.cancelled", time);
    return new OrderCancelled(
        meta,
        order.orderId(),
        dice.chance(0.5) ? order.currency() : currency(),
        dice.chance(0.5) ? order.buyer() : Buyer.UNKNOWN,
        dice.chance(0.3) ? null : someOf(order.lines()));
  }

  private List<Line> someOf(List<Line> lines) {
    List<Line> some = new ArrayList<>();
    for (Line line : lines) {
      if (some.isEmpty() || dice.chance(0.3)) {
        long quantity = dice.chance(0.3) ? line.quantity() : dice.between(1, 3);
        some.add(new Line(line.productId(), quantity, 0));
      }
    }
    if (dice.chance(0.1)) {
      some.add(line());
    }
    return some;
  }

  OrderCancelled takeBack(Instant time) {
    Meta meta = meta("order.cancelled", time);
    return new OrderCancelled(meta, null, currency(), buyer(), lines(2));
  }

  SalesEvent.Signal signal(Instant time) {
    String type =
        dice.pick("product.viewed", "product.viewed", "cart.added", "store.sold", "wish.added");
    long quantity = dice.chance(0.6) ? 1 : dice.between(2, 4);
    return new SalesEvent.Signal(meta(type, time), product(), quantity, buyer());
  }

  /** Sometimes with the stamp of the last one, of the same product under another source. */
  SalesEvent.CardChange card(Instant time) {
    SalesEvent.CardChange last = lastCard;
    boolean twin = last != null && dice.chance(0.1);
    String product = twin && last != null ? last.change().productId() : product();
    String type =
        dice.chance(0.12) ? "product.removed" : dice.pick("product.upserted", "product.patched");
    Meta meta = meta(type, time);
    if (twin && last != null) {
      Meta of = last.meta();
      String source = of.source().equals("/s0") ? "/s1" : "/s0";
      if (used.add(source + ' ' + of.id())) {
        meta = new Meta(source, of.id(), type, of.time(), meta.contentHash());
      }
    }
    lastCard = new SalesEvent.CardChange(meta, change(product, meta));
    return lastCard;
  }

  private Card change(String product, Meta meta) {
    if (meta.type().equals("product.removed")) {
      return Card.removal(product, stamp(meta));
    }
    Map<String, Member> members = new HashMap<>();
    int many = dice.between(1, 4);
    while (members.size() < many) {
      String name = dice.pick(MEMBERS);
      members.put(name, new Member(stamp(meta), dice.chance(0.12) ? null : value(name)));
    }
    return Card.of(product, members);
  }

  private static Stamp stamp(Meta meta) {
    return new Stamp(meta.time(), meta.id());
  }

  private String value(String member) {
    if (dice.chance(0.06)) {
      return dice.pick(ODD);
    }
    return switch (member) {
      case "category" -> '"' + dice.pick(CATEGORIES) + '"';
      case "groupId" -> dice.pick("\"g\"", "\"g\"", "\"h\"", "\"i\"", "\"j\"", "7");
      case "stock" -> dice.pick("0", "5", "0.0", "1", "12", "-0");
      case "onSale" -> dice.pick("true", "true", "false");
      case "recalled" -> dice.pick("false", "false", "true");
      default -> dice.pick(BRANDS);
    };
  }

  /** The same source and id with other content, near in time. */
  SalesEvent conflictOf(SalesEvent first, Instant time) {
    Meta old = first.meta();
    SalesEvent other = dice.chance(0.7) ? order("conflict" + ids, time) : signal(time);
    Meta meta =
        new Meta(old.source(), old.id(), other.meta().type(), time, other.meta().contentHash());
    return other instanceof OrderPlaced o
        ? new OrderPlaced(meta, o.orderId(), o.currency(), o.buyer(), o.lines())
        : new SalesEvent.Signal(meta, product(), 2, Buyer.UNKNOWN);
  }

  private Buyer buyer() {
    Map<String, String> attributes = new HashMap<>();
    if (dice.chance(0.7)) {
      attributes.put("ageGroup", dice.chance(0.05) ? "" : dice.pick(AGES));
    }
    if (dice.chance(0.5)) {
      attributes.put("country", dice.pick("KR", "US", "KR"));
    }
    return new Buyer(dice.chance(0.75) ? dice.pick("b1", "b2", "b3") : null, attributes);
  }

  private @Nullable String currency() {
    String currency = dice.pick("KRW", "KRW", "KRW", "USD", "", "");
    return currency.isEmpty() ? null : currency;
  }

  private List<Line> lines(int most) {
    List<Line> lines = new ArrayList<>();
    int many = dice.between(1, most);
    for (int i = 0; i < many; i++) {
      lines.add(line());
    }
    return lines;
  }

  private Line line() {
    return huge && dice.chance(0.7)
        ? new Line(product(), MOST - dice.between(0, 1), MOST - dice.between(0, 1))
        : new Line(product(), dice.between(1, 4), dice.between(0, 5));
  }
}
