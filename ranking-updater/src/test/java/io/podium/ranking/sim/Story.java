package io.podium.ranking.sim;

import io.podium.ranking.board.Board;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** One seed's course of events: disordered, repeated, late, ahead; the wall clock goes on. */
final class Story {
  private static final Duration MAX_AHEAD = Duration.ofMinutes(5);
  private static final Duration RETRIES_WITHIN = Duration.ofMinutes(25);

  private final Dice dice;
  private final Duration unit;
  private final EventDice events;
  private final RuleDice rules;
  private final List<Step> steps = new ArrayList<>();
  private final List<SalesEvent> told = new ArrayList<>();
  private final List<OrderPlaced> orders = new ArrayList<>();

  /** Orders that arrive after their cancellation, by the number of arrivals to wait for. */
  private final TreeMap<Integer, SalesEvent> delayed = new TreeMap<>();

  private Instant now;

  Story(Dice dice, List<Board> boards, Duration unit, Instant start) {
    this.dice = dice;
    this.unit = unit;
    this.now = start;
    this.events = new EventDice(dice);
    this.rules = new RuleDice(dice, boards, unit, events);
  }

  List<Step> tell() {
    advance();
    stock();
    int many = dice.between(20, 140);
    boolean restarts = dice.chance(0.4);
    for (int i = 0; i < many; i++) {
      pass();
      if (dice.chance(0.05)) {
        steps.add(new Step.SetRules(rules.roll(now)));
      }
      if (dice.chance(0.02)) {
        steps.add(new Step.Refuse(dice.pick("quantity", "unit-price", "currency")));
      }
      arrive(i);
      if (dice.chance(0.04)) {
        steps.add(new Step.Check());
      }
      if (restarts && dice.chance(0.02)) {
        steps.add(new Step.Restart());
      }
    }
    delayed.values().forEach(this::deliver);
    end(restarts);
    return steps;
  }

  /** Often the shop has cards and rules before the first sale. */
  private void stock() {
    int cards = dice.pick(0, 4, 12, 20);
    for (int i = 0; i < cards; i++) {
      deliver(events.card(now.minus(dice.upTo(unit.multipliedBy(4)))));
    }
    if (dice.chance(0.4)) {
      steps.add(new Step.SetRules(rules.roll(now)));
    }
  }

  private void end(boolean restarts) {
    steps.add(new Step.Check());
    if (restarts) {
      steps.add(new Step.Restart());
    }
    if (dice.chance(0.5)) {
      now = now.plus(dice.upTo(unit.multipliedBy(6)));
      advance();
      steps.add(new Step.Check());
    }
    if (dice.chance(0.15)) {
      now = now.plus(Duration.ofDays(3)).plus(unit.multipliedBy(90));
      advance();
      deliver(events.signal(now));
      steps.add(new Step.Check());
    }
  }

  /** Time passes: mostly a little, sometimes a quiet while. */
  private void pass() {
    if (dice.chance(0.6)) {
      now = now.plus(dice.upTo(unit.dividedBy(2)));
    } else if (dice.chance(0.04)) {
      now = now.plus(unit.multipliedBy(dice.between(1, 7)));
    } else if (dice.chance(0.01)) {
      now = now.plus(unit.multipliedBy(dice.between(17, 21)));
    }
    if (dice.chance(0.4)) {
      advance();
    }
  }

  private void advance() {
    steps.add(new Step.Advance(now.toEpochMilli()));
  }

  private void arrive(int i) {
    while (!delayed.isEmpty() && delayed.firstKey() <= i) {
      deliver(Objects.requireNonNull(delayed.pollFirstEntry()).getValue());
    }
    int what = dice.between(0, 99);
    if (what < 42 || told.isEmpty()) {
      deliver(newOrder(time()));
    } else if (what < 46 && !orders.isEmpty()) {
      OrderPlaced first = dice.pick(orders);
      deliver(events.retry(first, around(first.meta().time())));
    } else if (what < 58 && !orders.isEmpty()) {
      OrderPlaced order = dice.pick(orders);
      deliver(events.cancellation(order, later(order)));
    } else if (what < 62) {
      OrderPlaced order = newOrder(time());
      deliver(events.cancellation(order, later(order)));
      delayed.put(i + dice.between(1, 12), order);
    } else if (what < 66) {
      deliver(events.takeBack(time()));
    } else if (what < 76) {
      deliver(events.signal(time()));
    } else if (what < 91) {
      deliver(events.card(time()));
    } else if (what < 96) {
      deliver(dice.pick(told));
    } else if (what < 98) {
      SalesEvent first = dice.pick(told);
      deliver(events.conflictOf(first, around(first.meta().time())));
    } else {
      Instant limit = Instant.ofEpochMilli(now.toEpochMilli()).plus(MAX_AHEAD);
      deliver(
          newOrder(
              limit.plus(
                  dice.chance(0.5) ? dice.upTo(unit) : Duration.ofNanos(dice.between(0, 1)))));
    }
  }

  private OrderPlaced newOrder(Instant time) {
    OrderPlaced order = events.order("o" + orders.size(), time);
    orders.add(order);
    return order;
  }

  private void deliver(SalesEvent event) {
    told.add(event);
    long received = now.toEpochMilli();
    steps.add(new Step.Arrive(event, received));
  }

  /** About now; older; ahead; often exactly on an edge of a step or beside it. */
  private Instant time() {
    Instant time = now.minus(dice.upTo(unit));
    if (dice.chance(0.2)) {
      time = now.minus(dice.upTo(unit.multipliedBy(8)));
    } else if (dice.chance(0.12)) {
      Duration ahead = unit.compareTo(MAX_AHEAD) < 0 ? unit.multipliedBy(2) : MAX_AHEAD;
      time = now.plus(dice.upTo(ahead.compareTo(MAX_AHEAD) < 0 ? ahead : MAX_AHEAD));
    } else if (dice.chance(0.05)) {
      time = now;
    } else if (dice.chance(0.03)) {
      time = now.minus(dice.upTo(Duration.ofDays(2)));
    }
    return edged(time, unit);
  }

  private Instant edged(Instant time, Duration grid) {
    if (dice.chance(0.5)) {
      return Instant.ofEpochMilli(time.toEpochMilli());
    }
    if (dice.chance(0.5)) {
      long nanos = grid.toNanos();
      long floor = Math.floorDiv(nanosOf(time), nanos) * nanos;
      return Instant.EPOCH.plusNanos(floor + dice.pick(0, 0, 0, 1, -1, -1_000_000));
    }
    return time;
  }

  private static long nanosOf(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  /** A grid on which what belongs to one order stays within the hour that is remembered. */
  private static Duration near(Duration unit) {
    Duration minute = Duration.ofMinutes(1);
    return unit.compareTo(minute) < 0 ? unit : minute;
  }

  private Instant around(Instant time) {
    Duration units = unit.multipliedBy(2);
    Duration most = units.compareTo(RETRIES_WITHIN) < 0 ? units : RETRIES_WITHIN;
    return dice.chance(0.1)
        ? time
        : edged(time.minus(most).plus(dice.upTo(most.multipliedBy(2))), near(unit));
  }

  private Instant later(OrderPlaced order) {
    Instant placed = order.meta().time();
    Instant time = placed.plus(dice.upTo(unit.multipliedBy(3)));
    if (dice.chance(0.1)) {
      time = placed.minus(dice.upTo(RETRIES_WITHIN));
    }
    Instant latest = now.plus(MAX_AHEAD);
    return time.isAfter(latest) && dice.chance(0.9) ? now : edged(time, near(unit));
  }
}
