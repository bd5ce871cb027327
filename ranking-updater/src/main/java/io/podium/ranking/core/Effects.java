package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.Signal;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What events that were taken in change on the boards of a clock, once its T has reached them. */
final class Effects {
  private final CoreState state;
  private final Stores stores;
  private final Batch batch;
  private final String[] weighed;

  Effects(CoreState state, Batch batch) {
    this.state = state;
    this.stores = state.stores;
    this.batch = batch;
    SortedSet<String> types = new TreeSet<>();
    state.boards.values().forEach(b -> types.addAll(b.counting.signals()));
    this.weighed = types.toArray(String[]::new);
    state.boards.values().forEach(b -> b.counting.number(weighed));
  }

  /** Whether a signal of that type counts on any board. */
  boolean isWeighed(String type) {
    return number(type) >= 0;
  }

  /** Few types have a weight: comparing is faster than hashing. -1: none. */
  private int number(String type) {
    for (int i = 0; i < weighed.length; i++) {
      if (weighed[i].equals(type)) {
        return i;
      }
    }
    return -1;
  }

  /** The order counts on the clock's boards from now on. */
  void join(Clock clock, Order order) {
    for (int i = 0; i < clock.boards.size(); i++) {
      clock.boards.get(i).counting.join(order);
    }
  }

  void noteForeign(Clock clock, int currency) {
    for (int i = 0; i < clock.boards.size(); i++) {
      Counting counting = clock.boards.get(i).counting;
      counting.foreign += counting.isForeign(currency) ? 1 : 0;
    }
  }

  boolean concerns(Clock clock, SalesEvent event) {
    if (!(event instanceof Signal s)) {
      return true;
    }
    boolean any = false;
    for (int i = 0; i < clock.boards.size(); i++) {
      any |= clock.boards.get(i).counting.weighs(s.meta().type());
    }
    return any;
  }

  void count(Clock clock, SalesEvent event, long time) {
    if (event instanceof CardChange c) {
      countCard(clock, c.change());
    } else if (event instanceof Signal s) {
      countSignal(clock, s, time);
    } else if (event instanceof OrderCancelled c && c.lines() != null) {
      countWithoutOrder(clock, c, c.lines(), time);
    }
  }

  void countCard(Clock clock, Card change) {
    if (clock.boards.isEmpty() || !stores.share.owns(change.productId())) {
      return;
    }
    int product = stores.products.of(change.productId());
    if (clock.cards.merge(product, change)) {
      Card now = clock.cards.get(product);
      if (now != null) {
        clock.boards.forEach(b -> b.cardChanged(product, now));
      }
    }
  }

  private void countSignal(Clock clock, Signal s, long time) {
    if (!stores.share.owns(s.productId())) {
      return;
    }
    int type = number(s.meta().type());
    if (type < 0) {
      return;
    }
    int product = batch.product(s, 0, s.productId());
    int profile = stores.profiles.of(s.buyer());
    for (int i = 0; i < clock.boards.size(); i++) {
      BoardRanking b = clock.boards.get(i);
      b.counting.signal(type, s.quantity(), product, profile, time);
    }
    stores.products.letGo(product);
  }

  private void countWithoutOrder(Clock clock, OrderCancelled c, List<Line> lines, long time) {
    int profile = stores.profiles.of(c.buyer());
    int currency = state.currencies.of(c.currency());
    for (BoardRanking b : clock.boards) {
      if (b.counting.isForeign(currency)) {
        b.counting.foreign++;
        continue;
      }
      for (Line line : lines) {
        if (stores.share.owns(line.productId())) {
          int product = stores.products.of(line.productId());
          b.counting.withoutOrder(line, product, profile, time);
          stores.products.letGo(product);
        }
      }
    }
  }
}
