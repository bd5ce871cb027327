package io.podium.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.config.StoresConfig.GuardLimits;
import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreGuardTest {
  private static StoreGuard guard(Duration deadline) {
    GuardLimits three =
        new GuardLimits(3, 50, Duration.ofSeconds(5), 5, 50, 80, 50, Duration.ofMillis(500));
    return StoreGuard.of("redis", "listings", deadline, three, System::nanoTime);
  }

  @Test
  void aCallThatIsNeverAnsweredEndsWithItsDeadline() {
    StoreGuard guard = guard(Duration.ofMillis(30));
    CompletableFuture<String> call = guard.call(CompletableFuture<String>::new);
    assertThat(guard.reason(reason(call))).isEqualTo("redis-timeout");
  }

  @Test
  void theFourthCallAtOnceIsRefused() {
    StoreGuard guard = guard(Duration.ofSeconds(20));
    List<CompletableFuture<String>> under = new ArrayList<>();
    CompletableFuture<String> slow = new CompletableFuture<>();
    for (int i = 0; i < 3; i++) {
      under.add(guard.call(() -> slow));
    }
    assertThat(guard.reason(reason(guard.call(() -> slow)))).isEqualTo("redis-busy");
    assertThat(guard.bulkhead().inFlight()).isEqualTo(3);
    slow.complete("x");
    assertThat(under).allMatch(c -> "x".equals(c.join()));
    assertThat(guard.bulkhead().inFlight()).isZero();
    assertThat(guard.bulkhead().refused()).isEqualTo(1);
  }

  @Test
  void troubleOpensTheBreakerAndCorruptionDoesNot() {
    StoreGuard guard = guard(Duration.ofSeconds(20));
    for (int i = 0; i < 20; i++) {
      assertThat(guard.reason(reason(fail(guard, Kind.CORRUPT)))).isEqualTo("redis-corrupt");
    }
    assertThat(guard.corrupt()).isEqualTo(20);
    StoreGuard troubled = guard(Duration.ofSeconds(20));
    for (int i = 0; i < 5; i++) {
      assertThat(troubled.reason(reason(fail(troubled, Kind.AWAY)))).isEqualTo("redis-away");
    }
    assertThat(troubled.reason(reason(fail(troubled, Kind.AWAY)))).isEqualTo("redis-open");
    assertThat(troubled.breaker().state()).isEqualTo(CallBreaker.State.OPEN);
  }

  private static CompletableFuture<String> fail(StoreGuard guard, Kind kind) {
    return guard.call(() -> CompletableFuture.failedFuture(new StoreException(kind, "x", null)));
  }

  private static Throwable reason(CompletableFuture<String> call) {
    Throwable failure = call.handle((value, f) -> f).orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(failure).isNotNull();
    return failure;
  }
}
