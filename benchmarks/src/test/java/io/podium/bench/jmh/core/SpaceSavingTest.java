package io.podium.bench.jmh.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpaceSavingTest {
  @Test
  void counts_areExactWhileThereAreCountersForAll() {
    SpaceSaving sketch = new SpaceSaving(3);
    sketch.add("a", 5);
    sketch.add("b", 1);
    sketch.add("c", 2);
    sketch.add("b", 1);
    assertThat(sketch.count("a")).isEqualTo(5);
    assertThat(sketch.count("b")).isEqualTo(2);
  }

  @Test
  void leastCounter_isTakenOverWithItsCount() {
    SpaceSaving sketch = new SpaceSaving(2);
    sketch.add("a", 5);
    sketch.add("b", 2);
    sketch.add("c", 1);
    assertThat(sketch.count("b")).isZero();
    assertThat(sketch.count("c")).isEqualTo(3);
  }

  @Test
  void counts_areNeverTooLow_forThoseThatAreKept() {
    SpaceSaving sketch = new SpaceSaving(50);
    Map<String, Long> exact = new HashMap<>();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      String product = "p" + (int) (300 * Math.pow(random.nextDouble(), 3));
      sketch.add(product, 1);
      exact.merge(product, 1L, Long::sum);
    }
    exact.forEach(
        (product, count) -> {
          long said = sketch.count(product);
          assertThat(said == 0 || said >= count).as(product).isTrue();
        });
    assertThat(sketch.count("p0")).isPositive();
  }
}
