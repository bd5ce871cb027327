package io.podium.guard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.guard.CallBreaker.Permit;
import io.podium.guard.CallBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallBreakerTest {
  private static final CallBreaker.Settings SETTINGS =
      new CallBreaker.Settings(
          20, Duration.ofSeconds(5), 4, 0.5, 0.75, Duration.ofMillis(25), Duration.ofMillis(500));

  private final AtomicLong clock = new AtomicLong(1);
  private final CallBreaker breaker = new CallBreaker(SETTINGS, clock::get);

  private void advance(long millis) {
    clock.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private Permit acquire() {
    return requireNonNull(breaker.tryAcquire());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      acquire().failed();
    }
  }

  private void slow(int times) {
    for (int i = 0; i < times; i++) {
      Permit permit = acquire();
      advance(30);
      permit.succeeded();
    }
  }

  @Test
  void opensWhenHalfOfTheCallsFail() {
    acquire().succeeded();
    acquire().succeeded();
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.tryAcquire()).isNull();
    assertThat(breaker.refused()).isEqualTo(1);
    assertThat(breaker.opened()).isEqualTo(1);
  }

  @Test
  void opensWhenMostCallsAreSlow() {
    slow(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    slow(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void failuresInARowOpenIt_howeverManyWereGoodBefore() {
    for (int i = 0; i < 20; i++) {
      acquire().succeeded();
    }
    fail(3);
    acquire().succeeded();
    fail(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void failuresInARowThatBeganTooLongAgoOpenNothing() {
    fail(3);
    advance(6000);
    fail(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void tooFewCallsOpenNothing() {
    fail(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void oldFailuresAgeOut() {
    fail(3);
    advance(6000);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void oneProbeAtATimeDecides() {
    fail(4);
    advance(499);
    assertThat(breaker.tryAcquire()).isNull();
    advance(101);
    Permit probe = acquire();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    assertThat(breaker.tryAcquire()).isNull();
    probe.failed();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    advance(600);
    acquire().succeeded();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(breaker.opened()).isEqualTo(2);
  }

  @Test
  void withoutCallsItIsHalfOpenAfterThePause() {
    fail(4);
    advance(499);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    advance(101);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void aSlowProbeDoesNotClose() {
    fail(4);
    advance(600);
    slow(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void aLateSuccessOfACallFromBeforeChangesNothing() {
    Permit early = acquire();
    fail(4);
    early.succeeded();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    advance(600);
    Permit probe = acquire();
    early.succeeded();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    probe.succeeded();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void aProbeThatIsNeverHeardOfGivesWayToAnother() {
    fail(4);
    advance(600);
    Permit lost = acquire();
    advance(600);
    Permit next = acquire();
    lost.succeeded();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    next.succeeded();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  /** Those of many engines that met one fault at one moment. */
  @Test
  void theProbesOfManyAreSpread() {
    List<CallBreaker> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      CallBreaker one = new CallBreaker(SETTINGS, clock::get);
      for (int failure = 0; failure < 4; failure++) {
        requireNonNull(one.tryAcquire()).failed();
      }
      many.add(one);
    }
    advance(499);
    assertThat(many).allMatch(one -> one.tryAcquire() == null);
    List<Integer> probes = new ArrayList<>();
    for (int milli = 0; milli <= 100; milli++) {
      advance(1);
      int before = many.size();
      many.removeIf(one -> one.tryAcquire() != null);
      probes.add(before - many.size());
    }
    assertThat(many).isEmpty();
    // Ten in each of a hundred milliseconds, give or take.
    assertThat(probes).allMatch(count -> count < 100);
  }

  @Test
  void anOutcomeCountsOnce() {
    Permit permit = acquire();
    for (int i = 0; i < 10; i++) {
      permit.failed();
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }
}
