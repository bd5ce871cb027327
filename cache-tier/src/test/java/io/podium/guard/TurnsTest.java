package io.podium.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.config.StoresConfig.GuardLimits;
import io.podium.store.Await;
import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<CompletableFuture<Integer>> begun = new ArrayList<>();

  private long now;

  private Turns turns(int most, int mostWaiting) {
    return new Turns("mongo refresh", most, mostWaiting, Duration.ofSeconds(2), () -> now);
  }

  private CompletableFuture<Integer> begin() {
    CompletableFuture<Integer> call = new CompletableFuture<>();
    begun.add(call);
    return call;
  }

  @Test
  void soManyAtATime_theOthersInTheOrderInWhichTheyCame() {
    Turns turns = turns(2, 10);
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 5).mapToObj(i -> turns.call(this::begin)).toList();
    assertThat(begun).hasSize(2);
    begun.get(1).complete(1);
    assertThat(begun).hasSize(3);
    begun.get(0).completeExceptionally(new StoreException(Kind.AWAY, "away", null));
    begun.get(2).complete(2);
    begun.get(3).complete(3);
    begun.get(4).complete(4);
    assertThat(answers.get(0)).isCompletedExceptionally();
    assertThat(answers.subList(1, 5).stream().map(CompletableFuture::join))
        .containsExactly(1, 2, 3, 4);
    assertThat(turns.call(this::begin)).isNotDone();
    assertThat(begun).hasSize(6);
  }

  @Test
  void aCallThatCannotBeginTakesNoTurn() {
    Turns turns = turns(1, 2);
    CompletableFuture<Integer> thrown =
        turns.call(
            () -> {
              throw new IllegalStateException("closed");
            });
    assertThat(thrown).isCompletedExceptionally();
    assertThat(turns.call(this::begin)).isNotDone();
    assertThat(begun).hasSize(1);
  }

  @Test
  void oneMoreThanMayWaitIsRefused() {
    Turns turns = turns(1, 2);
    IntStream.range(0, 2).forEach(i -> assertThat(turns.call(this::begin)).isNotDone());
    assertThat(turns.call(this::begin)).isNotDone();
    assertThat(Await.failure(turns.call(this::begin)).kind()).isEqualTo(Kind.BUSY);
    assertThat(begun).hasSize(1);
    assertThat(turns.refused()).isEqualTo(1);
  }

  @Test
  void whoWaitedTooLongIsRefused_andTheNextHasTheTurn() {
    Turns turns = turns(1, 10);
    CompletableFuture<Integer> first = turns.call(this::begin);
    CompletableFuture<Integer> old = turns.call(this::begin);
    now += Duration.ofSeconds(3).toNanos();
    CompletableFuture<Integer> young = turns.call(this::begin);
    begun.get(0).complete(1);
    assertThat(first).isCompletedWithValue(1);
    assertThat(Await.failure(old)).hasMessageContaining("no turn within 2000 ms");
    assertThat(begun).hasSize(2);
    begun.get(1).complete(2);
    assertThat(young).isCompletedWithValue(2);
    assertThat(turns.refused()).isEqualTo(1);
  }

  @Test
  void manyThatEndAtOnceNeedNoDeepStack() {
    Turns turns = turns(1, 100_000);
    CompletableFuture<Integer> first = turns.call(this::begin);
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 100_000)
            .mapToObj(i -> turns.call(() -> CompletableFuture.completedFuture(i)))
            .toList();
    begun.get(0).complete(-1);
    assertThat(first).isCompletedWithValue(-1);
    assertThat(answers).allMatch(CompletableFuture::isDone);
  }

  @Test
  void whatWaitedWhileTheBreakerOpenedIsRefused() {
    GuardLimits limits = GuardLimits.DEFAULT;
    StoreGuard guard =
        StoreGuards.one("mongo", "refresh", Duration.ofSeconds(20), 5, limits, System::nanoTime)
            .cards();
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 40).mapToObj(i -> guard.call(this::begin)).toList();
    assertThat(begun).hasSize(limits.minimum());
    for (CompletableFuture<Integer> call : List.copyOf(begun)) {
      call.completeExceptionally(new StoreException(Kind.AWAY, "away", null));
    }
    // Four took the places of those that failed before the fifth did.
    assertThat(begun).hasSize(2 * limits.minimum() - 1);
    assertThat(answers.stream().filter(a -> !a.isDone())).hasSize(limits.minimum() - 1);
    assertThat(Await.failure(answers.get(39))).hasMessageContaining("the breaker is open");
    assertThat(guard.breaker().opened()).isEqualTo(1);
  }
}
