package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.event.Key;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The core's own tables against the plain collections of the JDK. */
class StoresOfStateTest {
  private final SplittableRandom random = new SplittableRandom(11);
  private final Arena arena = new Arena();

  @Test
  void keyTableIsAMap() {
    Tally tally = new Tally("t", 1_000_000);
    KeyTable table = new KeyTable(arena, 8, tally);
    Map<Long, Long> map = new HashMap<>();
    Key key = new Key();
    for (int i = 0; i < 60_000; i++) {
      long k = random.nextInt(4_000);
      key.start().add(k, 0);
      long entry = table.find(key.hi, key.lo);
      assertThat(entry != KeyTable.ABSENT).isEqualTo(map.containsKey(k));
      if (entry == KeyTable.ABSENT) {
        table.putLong(table.insert(key.hi, key.lo), 0, i);
        map.put(k, (long) i);
      } else {
        assertThat(table.getLong(entry, 0)).isEqualTo(map.remove(k));
        table.remove(entry);
      }
    }
    table.retain(e -> table.getLong(e, 0) % 2 == 0);
    map.values().removeIf(v -> v % 2 != 0);
    assertThat(tally.used).isEqualTo(map.size());
    map.forEach(
        (k, v) -> {
          key.start().add(k, 0);
          assertThat(table.getLong(table.find(key.hi, key.lo), 0)).isEqualTo(v);
        });
  }

  @Test
  void idTableIsAMapThatForgetsWhatHasExpired() {
    Tally tally = new Tally("t", 1_000_000);
    long[] boundary = {0};
    IdTable table = new IdTable(arena, tally, payload -> payload >= boundary[0]);
    Map<Long, Long> map = new HashMap<>();
    Key key = new Key();
    for (int i = 0; i < 200_000; i++) {
      long k = random.nextInt(60_000);
      boundary[0] = Math.max(0, i - 30_000);
      key.start().add(k, 0);
      Long known = map.get(k);
      boolean lasts = known != null && known >= boundary[0];
      boolean found = table.find(key);
      assertThat(found && table.payload() >= boundary[0]).isEqualTo(lasts);
      if (lasts) {
        assertThat(table.payload()).isEqualTo(known);
      }
      if (i % 3 != 0) {
        table.put(key, i);
        map.put(k, (long) i);
      }
    }
    table.purge();
    map.values().removeIf(v -> v < boundary[0]);
    assertThat(tally.used).isEqualTo(map.size());
    map.forEach(
        (k, v) -> {
          assertThat(table.find(key.start().add(k, 0))).isTrue();
          assertThat(table.payload()).isEqualTo(v);
        });
  }

  @Test
  void stepTableWidensAndKeepsEverySum() {
    StepTable table = new StepTable(arena);
    Map<Integer, BigInteger> sums = new HashMap<>();
    Wide wide = new Wide();
    for (int i = 0; i < 20_000; i++) {
      int series = random.nextInt(700);
      wide.set(0);
      long factor = i < 6_000 ? 1 : i < 12_000 ? 1L << 33 : Long.MAX_VALUE;
      wide.addProduct(random.nextInt(-9, 10), factor);
      table.add(series, wide.hi, wide.lo);
      sums.merge(series, Wide.toBigInteger(wide.hi, wide.lo), BigInteger::add);
      if (i == 9_000) {
        table.trim();
      }
    }
    assertThat(table.size()).isEqualTo(sums.size());
    for (int i = table.next(0); i >= 0; i = table.next(i + 1)) {
      assertThat(Wide.toBigInteger(table.hi(i), table.lo(i))).isEqualTo(sums.get(table.series(i)));
    }
  }

  @Test
  void wideIsAnInteger() {
    for (int i = 0; i < 10_000; i++) {
      long a = random.nextLong();
      long b = random.nextLong();
      long f = random.nextLong(1L << 41);
      Wide w = new Wide();
      w.set(a);
      w.addProduct(a >> 20, b >> 20);
      w.multiply(f >>> 20);
      w.negate();
      BigInteger expected =
          BigInteger.valueOf(a)
              .add(BigInteger.valueOf(a >> 20).multiply(BigInteger.valueOf(b >> 20)))
              .multiply(BigInteger.valueOf(f >>> 20))
              .negate();
      assertThat(Wide.toBigInteger(w.hi, w.lo)).isEqualTo(expected);
    }
  }

  @Test
  void candidatesAreTheBestWheneverTheyAreNotThin() {
    Products products = new Products(arena, new Tally("p", 10_000));
    Candidates candidates = new Candidates(products, 10);
    Map<Integer, Long> scores = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      products.retain(products.of("P" + i));
    }
    for (int i = 0; i < 30_000; i++) {
      int unit = random.nextInt(300);
      long score = random.nextInt(i < 15_000 ? 1_000 : 40);
      scores.put(unit, score);
      if (score == 0) {
        candidates.remove(unit);
      } else {
        candidates.offer(unit, unit, 0, score);
      }
      if (candidates.isThin()) {
        candidates.reset();
        scores.forEach(
            (u, s) -> {
              if (s > 0) {
                candidates.offer(u, u, 0, s);
              }
            });
      }
      if (i % 50 == 0) {
        assertThat(best(candidates)).isEqualTo(best(scores, products));
      }
    }
  }

  private static List<Integer> best(Candidates candidates) {
    List<Integer> units = new ArrayList<>();
    for (int i : candidates.best()) {
      units.add(candidates.unit(i));
    }
    return units;
  }

  private static List<Integer> best(Map<Integer, Long> scores, Products products) {
    return scores.entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .sorted(
            Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(e -> products.name(e.getKey())))
        .limit(10)
        .map(Map.Entry::getKey)
        .toList();
  }
}
