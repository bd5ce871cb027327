package io.podium.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AbsentFilterTest {
  private final AtomicLong clock = new AtomicLong(-5);
  private final AbsentFilter filter = new AbsentFilter(64, Duration.ofSeconds(10), clock::get);

  private void advance(long millis) {
    clock.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private void lookedUp(String name) {
    long began = filter.now();
    advance(1);
    filter.absent(name, began);
  }

  @Test
  void remembersForAWhile() {
    assertThat(filter.isAbsent("상품")).isFalse();
    lookedUp("상품");
    assertThat(filter.isAbsent("상품")).isTrue();
    assertThat(filter.isAbsent("other")).isFalse();
    advance(10_000);
    assertThat(filter.isAbsent("상품")).isFalse();
  }

  @Test
  void whatChangedIsLookedUpAgain() {
    lookedUp("a");
    filter.changed("a");
    assertThat(filter.isAbsent("a")).isFalse();
    advance(1);
    lookedUp("a");
    filter.forgetAll();
    assertThat(filter.isAbsent("a")).isFalse();
  }

  @Test
  void aLookUpThatBeganBeforeAChangeIsNotBelieved() {
    long began = filter.now();
    advance(1);
    filter.changed("a");
    filter.absent("a", began);
    assertThat(filter.isAbsent("a")).isFalse();
    advance(1);
    began = filter.now();
    advance(1);
    filter.forgetAll();
    filter.absent("a", began);
    assertThat(filter.isAbsent("a")).isFalse();
  }

  @Test
  void aMillionNamesTakeNoMoreRoom_andNoOtherNameIsTakenForThem() {
    for (int i = 0; i < 1_000_000; i++) {
      lookedUp("absent-" + i);
    }
    advance(1);
    lookedUp("last");
    assertThat(filter.isAbsent("last")).isTrue();
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(filter.isAbsent("present-" + i)).isFalse();
    }
  }
}
