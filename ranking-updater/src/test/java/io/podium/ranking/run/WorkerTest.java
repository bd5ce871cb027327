package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {
  @Test
  void isWokenFromItsPause() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    try (Worker worker =
        new Worker(
            "worker",
            () -> {
              twice.countDown();
              return Duration.ofMinutes(1);
            })) {
      worker.start();
      worker.wake();
      assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Pauses of 50, 100 and 200 ms: a failing store is not asked as often as there is work. */
  @Test
  void isNotWokenFromThePauseAfterAFailure() throws InterruptedException {
    AtomicInteger rounds = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch fourth = new CountDownLatch(4);
    long start = System.nanoTime();
    try (Worker worker =
        new Worker(
            "worker",
            () -> {
              rounds.incrementAndGet();
              first.countDown();
              fourth.countDown();
              throw new IllegalStateException("as always");
            })) {
      worker.start();
      first.await();
      while (fourth.getCount() > 0) {
        worker.wake();
        boolean unused = fourth.await(1, TimeUnit.MILLISECONDS);
      }
      assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(345));
      assertThat(rounds.get()).isLessThanOrEqualTo(5);
    }
  }
}
