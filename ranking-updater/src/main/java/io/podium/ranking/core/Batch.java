package io.podium.ranking.core;

import io.podium.ranking.event.Key;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.util.Arrays;
import java.util.List;

/**
 * The events that are applied next, with the keys of their names. Nearly all that an event costs is
 * waiting for memory: for its id's entry, its products, their totals. So each of these is read for
 * all events of a batch before any is applied, one kind after the other, and the processor waits
 * for many of them at once. Changes nothing but speed.
 */
final class Batch {
  static final int MOST = 64;
  private static final int MOST_NAMES = 4 * MOST;
  private static final int UNKNOWN = -1;

  private final Stores stores;
  private final Counting[] boards;

  /**
   * Anew for each batch: a reference that is stored into an old array costs a fence with G1, which
   * ends the very overlap that this is for.
   */
  private SalesEvent[] events = {};

  private final long[] idHi = new long[MOST];
  private final long[] idLo = new long[MOST];
  private final long[] orderHi = new long[MOST];
  private final long[] orderLo = new long[MOST];
  private final int[] firstName = new int[MOST + 1];
  private final long[] nameHi = new long[MOST_NAMES];
  private final long[] nameLo = new long[MOST_NAMES];
  private final int[] products = new int[MOST_NAMES];
  private int size;
  private int next;
  private int current;
  private int released;
  private long sum;

  Batch(CoreState state) {
    this.stores = state.stores;
    this.boards = state.boards.values().stream().map(b -> b.counting).toArray(Counting[]::new);
  }

  /** Reads ahead for some events, to be applied in that order; as many as fit are taken. */
  void prepare(List<? extends SalesEvent> coming) {
    int n = Math.min(MOST, coming.size());
    size = 0;
    next = 0;
    SalesEvent[] fresh = new SalesEvent[n];
    events = fresh;
    readEvents(coming, fresh);
    for (int i = 0; i < n && take(fresh[i]); i++) {
      size++;
    }
    touchTables();
    findProducts();
    for (Counting board : boards) {
      sum += board.touch(products, firstName[size]);
    }
  }

  /** Keeps the compiler from leaving the reads out. */
  long sum() {
    return sum;
  }

  /** Makes the event the current one, taking its keys unless they were taken before. */
  void begin(SalesEvent event) {
    if (next >= size || events[next] != event) {
      size = 0;
      next = 0;
      firstName[0] = 0;
      events = new SalesEvent[] {event};
      if (!take(event)) {
        // More lines than are taken ahead: they are looked up one by one.
        firstName[1] = 0;
      }
      size = 1;
      Arrays.fill(products, 0, firstName[1], UNKNOWN);
    }
    current = next++;
  }

  void idInto(Key into) {
    into.hi = idHi[current];
    into.lo = idLo[current];
  }

  /** Of an order's placement. */
  void orderInto(Key into) {
    into.hi = orderHi[current];
    into.lo = orderLo[current];
  }

  /** The int of an event's product, or of that of its line. */
  int product(SalesEvent event, int line, String name) {
    int i = firstName[current] + line;
    // What waited is counted when time moves, whatever is current.
    if (current >= size || events[current] != event || i >= firstName[current + 1]) {
      return stores.products.of(name);
    }
    if (products[i] >= 0 && released == stores.products.released()) {
      return products[i];
    }
    return stores.products.of(name, nameHi[i], nameLo[i]);
  }

  /** One hop after the other, so that no branch waits for memory while others could be asked. */
  private void readEvents(List<? extends SalesEvent> coming, SalesEvent[] fresh) {
    long read = 0;
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = coming.get(i);
      read += fresh[i].getClass() == Signal.class ? 1 : 0;
    }
    for (SalesEvent event : fresh) {
      if (event instanceof Signal s) {
        read += s.meta().keyLo();
      } else if (event instanceof OrderPlaced o) {
        read += o.meta().keyLo() + o.lines().size();
      }
    }
    for (SalesEvent event : fresh) {
      if (event instanceof Signal s) {
        read += s.meta().time().getEpochSecond();
      } else if (event instanceof OrderPlaced o) {
        read += o.meta().time().getEpochSecond() + readOrder(o);
      }
    }
    sum += read;
  }

  private static long readOrder(OrderPlaced order) {
    Meta meta = order.meta();
    long read = order.buyer().keyLo() + meta.id().length() + meta.source().length();
    for (int line = 0; line < order.lines().size(); line++) {
      read += order.lines().get(line).keyLo();
    }
    return read;
  }

  /** Returns whether its names fit. */
  private boolean take(SalesEvent event) {
    int i = size;
    Meta meta = event.meta();
    idHi[i] = meta.keyHi();
    idLo[i] = meta.keyLo();
    firstName[i + 1] = firstName[i];
    if (event instanceof Signal s) {
      return addName(i, s.keyHi(), s.keyLo());
    }
    if (event instanceof OrderPlaced o) {
      orderHi[i] = o.keyHi();
      orderLo[i] = o.keyLo();
      List<Line> lines = o.lines();
      for (int n = 0; n < lines.size(); n++) {
        Line line = lines.get(n);
        if (!addName(i, line.keyHi(), line.keyLo())) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean addName(int i, long hi, long lo) {
    int to = firstName[i + 1];
    if (to == MOST_NAMES) {
      return false;
    }
    nameHi[to] = hi;
    nameLo[to] = lo;
    firstName[i + 1] = to + 1;
    return true;
  }

  private void touchTables() {
    long read = 0;
    for (int i = 0; i < size; i++) {
      read += stores.dedupe.touch(idHi[i]);
    }
    for (int i = 0; i < firstName[size]; i++) {
      read += stores.products.touch(nameHi[i], nameLo[i]);
    }
    for (int i = 0; i < size; i++) {
      if (events[i] instanceof OrderPlaced) {
        read += stores.book.touch(orderHi[i], orderLo[i]);
      }
    }
    sum += read;
  }

  private void findProducts() {
    released = stores.products.released();
    for (int i = 0; i < firstName[size]; i++) {
      products[i] = stores.products.find(nameHi[i], nameLo[i]);
    }
  }
}
