package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.ranking.core.Clock.Waiting;
import io.podium.ranking.event.Key;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an event, in this order: rejected, late, repeated, refused for lack of
 * room; then it moves T, and counts.
 */
final class Intake {
  private static final long SLACK = Nanos.of(Duration.ofHours(1));

  private final CoreState state;
  private final Stores stores;
  private final Ledger ledger;
  private final Key id = new Key();
  private final Batch batch;
  private final Effects effects;
  private final Key orderKey = new Key();
  private final Order order = new Order();
  private final Room room;
  private final Consumer<Waiting> releaseWall;
  private final Consumer<Waiting> releaseStream;
  private final Clock[] clocks;
  private final long maxAhead;
  private long start = Nanos.NONE;
  private long arrivals;

  Intake(CoreState state) {
    this.state = state;
    this.stores = state.stores;
    this.ledger = state.ledger;
    this.room = new Room(state);
    this.maxAhead = Nanos.of(stores.limits.maxAhead());
    this.batch = new Batch(state);
    this.effects = new Effects(state, batch);
    this.releaseWall = w -> release(state.wall, w);
    this.releaseStream = w -> release(state.stream, w);
    this.clocks = state.clocks.stream().filter(c -> !c.boards.isEmpty()).toArray(Clock[]::new);
  }

  Outcome apply(SalesEvent event, long receivedAtMillis) {
    batch.begin(event);
    Meta meta = event.meta();
    if (!Nanos.canTell(meta.time())) {
      return rejected("time");
    }
    long time = Nanos.of(meta.time());
    if (isFarAhead(time, receivedAtMillis)) {
      return rejected("time-ahead");
    }
    if (event instanceof OrderPlaced placed) {
      return placed(placed, time);
    }
    if (event instanceof OrderCancelled cancelled) {
      return cancelled.orderId() == null
          ? withoutOrder(cancelled, time)
          : cancelled(cancelled, cancelled.orderId(), time);
    }
    if (event instanceof Signal signal) {
      return signal(signal, time);
    }
    return card((CardChange) event, time);
  }

  void prepare(List<? extends SalesEvent> coming) {
    batch.prepare(coming);
  }

  private boolean isFarAhead(long time, long receivedAtMillis) {
    long received = Nanos.ofMillis(receivedAtMillis);
    return received < Long.MAX_VALUE - maxAhead && time > received + maxAhead;
  }

  private Outcome rejected(String reason) {
    ledger.reject(reason);
    return Outcome.REJECTED;
  }

  /** Null: go on; the event is new, there is room, T has moved and the id is remembered. */
  private @Nullable Outcome admit(SalesEvent event, long time, long until) {
    Meta meta = event.meta();
    batch.idInto(id);
    Dedupe.Seen seen = stores.dedupe.look(id, meta.contentHash());
    if (seen != Dedupe.Seen.NEW) {
      ledger.duplicate++;
      ledger.conflict += seen == Dedupe.Seen.CONFLICT ? 1 : 0;
      return Outcome.DUPLICATE;
    }
    boolean movesTime = !(event instanceof CardChange);
    if (!room.holds(event)) {
      // T passes that time anyway, and what leaves the windows may make room.
      if (movesTime) {
        advance(state.stream, time);
      }
      if (!room.makeFor(event)) {
        return Outcome.FULL;
      }
    }
    stores.dedupe.remember(id, meta.contentHash(), until);
    if (movesTime) {
      advance(state.stream, time);
    }
    return null;
  }

  private Outcome placed(OrderPlaced event, long time) {
    if (event.lines().isEmpty()) {
      return rejected("no-lines");
    }
    if (time < start) {
      return late();
    }
    Outcome refused = admit(event, time, lasting(time));
    if (refused != null) {
      return refused;
    }
    batch.orderInto(orderKey);
    long standing = stores.book.placement(orderKey);
    if (standing != 0) {
      stores.book.view(standing, order);
      if (stores.book.standsAgainst(order, time, event.meta())) {
        ledger.duplicate++;
        return Outcome.DUPLICATE;
      }
      withdraw();
    }
    return place(event, time);
  }

  /** The order in view gives way to an earlier placement of it. */
  private void withdraw() {
    boolean waits = isAhead(order.time());
    for (BoardRanking b : state.boards.values()) {
      b.counting.suspend(order);
      b.counting.withdraw(order);
    }
    stores.book.withdraw(order.address);
    if (waits) {
      stores.waiting.used--;
    } else {
      ledger.applied--;
    }
    ledger.duplicate++;
  }

  private Outcome place(OrderPlaced event, long time) {
    int profile = stores.profiles.of(event.buyer());
    int currency = state.currencies.of(event.currency());
    stores.book.place(orderKey, event, batch, time, profile, currency, order);
    Waiting waiting = null;
    for (Clock clock : clocks) {
      if (clock.isAhead(time)) {
        waiting = await(clock, waiting, event, time, order.address);
      } else {
        effects.join(clock, order);
      }
      effects.noteForeign(clock, currency);
    }
    return outcome(waiting);
  }

  private Outcome cancelled(OrderCancelled event, String orderId, long time) {
    if (event.lines() != null && event.lines().isEmpty()) {
      return rejected("no-lines");
    }
    orderKey.start().add(orderId);
    long standing = stores.book.placement(orderKey);
    if (standing == 0 && time < Nanos.minus(start, SLACK)) {
      return late();
    }
    long until = lasting(time);
    if (standing != 0) {
      stores.book.view(standing, order);
      until = Math.max(until, order.time());
    }
    Outcome refused = admit(event, time, until);
    if (refused != null) {
      return refused;
    }
    // T may have moved, other orders have been looked at, and this one been forgotten.
    orderKey.start().add(orderId);
    standing = stores.book.placement(orderKey);
    if (standing != 0) {
      stores.book.view(standing, order);
      state.boards.values().forEach(b -> b.counting.suspend(order));
    }
    if (event.lines() == null) {
      stores.book.cancelWhole(orderKey, until);
    } else {
      stores.book.cancel(orderKey, event.lines(), until);
    }
    if (standing != 0) {
      stores.book.view(standing, order);
      state.boards.values().forEach(b -> b.counting.resume(order));
    }
    return applied();
  }

  private Outcome withoutOrder(OrderCancelled event, long time) {
    if (event.lines() == null || event.lines().isEmpty()) {
      return rejected("no-lines");
    }
    return signalOrWithoutOrder(event, time);
  }

  private Outcome signal(Signal event, long time) {
    if (effects.isWeighed(event.meta().type())) {
      return signalOrWithoutOrder(event, time);
    }
    if (time < start) {
      return late();
    }
    Outcome refused = admit(event, time, lasting(time));
    if (refused == null) {
      ledger.ignored++;
      return Outcome.IGNORED;
    }
    return refused;
  }

  private Outcome signalOrWithoutOrder(SalesEvent event, long time) {
    if (time < start) {
      return late();
    }
    Outcome refused = admit(event, time, lasting(time));
    return refused != null ? refused : countOrAwait(event, time);
  }

  private Outcome card(CardChange event, long time) {
    Outcome refused = admit(event, time, lasting(time));
    return refused != null ? refused : countOrAwait(event, time);
  }

  private Outcome countOrAwait(SalesEvent event, long time) {
    Waiting waiting = null;
    for (Clock clock : clocks) {
      if (clock.isAhead(time)) {
        if (effects.concerns(clock, event)) {
          waiting = await(clock, waiting, event, time, 0);
        }
      } else {
        effects.count(clock, event, time);
      }
    }
    return outcome(waiting);
  }

  void advance(Clock clock, long now) {
    if (clock.t() != Nanos.NONE && now <= clock.t()) {
      return;
    }
    clock.moveTo(now, clock == state.wall ? releaseWall : releaseStream);
    if (clock.takeTurned()) {
      long moved = state.start();
      if (moved > start && moved != Long.MAX_VALUE) {
        start = moved;
        stores.book.forgetBefore(Nanos.minus(start, SLACK));
        stores.dedupe.forgetBefore(Nanos.minus(start, SLACK));
      }
    }
  }

  private void release(Clock clock, Waiting w) {
    room.lookAgain();
    if (w.event instanceof OrderPlaced placed) {
      orderKey.hi = placed.keyHi();
      orderKey.lo = placed.keyLo();
      if (stores.book.placement(orderKey) != w.placement) {
        return;
      }
      stores.book.view(w.placement, order);
      effects.join(clock, order);
    } else {
      effects.count(clock, w.event, w.time);
    }
    if (--w.clocks == 0) {
      stores.waiting.used--;
      ledger.applied++;
    }
  }

  private Waiting await(
      Clock clock, @Nullable Waiting known, SalesEvent event, long time, long placement) {
    Waiting w = known == null ? new Waiting(time, arrivals++, event, placement) : known;
    clock.await(w);
    return w;
  }

  private Outcome outcome(@Nullable Waiting waiting) {
    if (waiting == null) {
      return applied();
    }
    stores.waiting.used++;
    return Outcome.WAITING;
  }

  private boolean isAhead(long time) {
    for (Clock clock : clocks) {
      if (clock.isAhead(time)) {
        return true;
      }
    }
    return false;
  }

  private Outcome applied() {
    ledger.applied++;
    return Outcome.APPLIED;
  }

  private Outcome late() {
    ledger.late++;
    return Outcome.LATE;
  }

  /** An event is remembered from its time or from now on, whichever is later. */
  private long lasting(long time) {
    long now = Long.MAX_VALUE;
    for (Clock clock : clocks) {
      now = Math.min(now, clock.t());
    }
    return now == Long.MAX_VALUE ? time : Math.max(time, now);
  }

  void restoreCard(Clock clock, Card card) {
    effects.countCard(clock, card);
  }

  /**
   * Puts back an event that waited when the state was saved.
   *
   * @param known those that were put back, on any clock
   */
  void restore(Clock clock, long arrival, SalesEvent event, Map<Long, Waiting> known) {
    Waiting w = known.get(arrival);
    if (w == null) {
      long placement = 0;
      if (event instanceof OrderPlaced placed) {
        placement = stores.book.placement(orderKey.start().add(placed.orderId()));
      }
      w = new Waiting(Nanos.of(event.meta().time()), arrival, event, placement);
      known.put(arrival, w);
      stores.waiting.used++;
      arrivals = Math.max(arrivals, arrival + 1);
    }
    clock.await(w);
  }
}
