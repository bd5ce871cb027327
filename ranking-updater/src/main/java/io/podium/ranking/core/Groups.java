package io.podium.ranking.core;

import io.podium.card.Card;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ranks as one on a board: a product by itself, or the products that share a card member. A
 * unit is the product's int, or the complement of the group's.
 */
final class Groups {
  private final @Nullable String member;
  private final Map<String, Group> byKey = new HashMap<>();
  private final List<@Nullable Group> groups = new ArrayList<>();
  private final IntList free = new IntList();
  private @Nullable Group[] ofProduct = new Group[0];

  /**
   * @param member null: every product ranks by itself
   */
  Groups(@Nullable String member) {
    this.member = member;
  }

  /** Whether every product ranks by itself, whatever its card says. */
  boolean areNever() {
    return member == null;
  }

  int unit(int product) {
    Group g = product < ofProduct.length ? ofProduct[product] : null;
    return g == null ? product : ~g.id;
  }

  /** The products of a group's unit. */
  IntList products(int unit) {
    Group g = groups.get(~unit);
    return g == null ? new IntList() : g.products;
  }

  /** The member's JSON text that a unit stands for; null for a product by itself. */
  @Nullable String key(int unit) {
    Group g = unit >= 0 ? null : groups.get(~unit);
    return g == null ? null : g.key;
  }

  /** The unit of a group, or null when no product is in it. */
  @Nullable Integer unitOf(String key) {
    Group g = byKey.get(key);
    return g == null ? null : ~g.id;
  }

  void cardChanged(int product, Card card) {
    if (member == null) {
      return;
    }
    String key = card.json(member);
    Group old = product < ofProduct.length ? ofProduct[product] : null;
    if (old == null ? key == null : old.key.equals(key)) {
      return;
    }
    if (product >= ofProduct.length) {
      ofProduct = Arrays.copyOf(ofProduct, Math.max(64, product * 2));
    }
    if (old != null) {
      leave(old, product);
    }
    ofProduct[product] = key == null ? null : join(key, product);
  }

  private void leave(Group g, int product) {
    g.products.removeItem(product);
    if (g.products.size() == 0) {
      byKey.remove(g.key);
      groups.set(g.id, null);
      free.add(g.id);
    }
  }

  private Group join(String key, int product) {
    Group g = byKey.computeIfAbsent(key, this::open);
    g.products.add(product);
    return g;
  }

  private Group open(String key) {
    int id = free.size() > 0 ? free.removeLast() : groups.size();
    if (id == groups.size()) {
      groups.add(null);
    }
    Group g = new Group(id, key);
    groups.set(id, g);
    return g;
  }

  private record Group(int id, String key, IntList products) {
    Group(int id, String key) {
      this(id, key, new IntList());
    }
  }
}
