package io.podium.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.store.Await;
import io.podium.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescerTest {
  private final Coalescer<String, String> coalescer = new Coalescer<>(2);

  @Test
  void tenThousandAskersCostOneLoad() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    CompletableFuture<String> load = new CompletableFuture<>();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService askers = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<CompletableFuture<String>>>> asked = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        asked.add(
            askers.submit(
                () -> {
                  start.await();
                  List<CompletableFuture<String>> answers = new ArrayList<>();
                  for (int i = 0; i < 1250; i++) {
                    answers.add(
                        coalescer.load(
                            "key",
                            () -> {
                              loads.incrementAndGet();
                              return load;
                            }));
                  }
                  return answers;
                }));
      }
      start.countDown();
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (Future<List<CompletableFuture<String>>> f : asked) {
        answers.addAll(f.get(30, TimeUnit.SECONDS));
      }
      load.complete("value");
      assertThat(answers).hasSize(10_000).allMatch(a -> "value".equals(a.join()));
      assertThat(loads).hasValue(1);
      assertThat(coalescer.loads()).isEqualTo(1);
      assertThat(coalescer.joined()).isEqualTo(9_999);
      assertThat(coalescer.underWay()).isZero();
    } finally {
      askers.shutdownNow();
    }
  }

  @Test
  void afterALoadTheNextAskerLoadsAnew() {
    assertThat(Await.answer(coalescer.load("k", () -> done("1")))).isEqualTo("1");
    assertThat(Await.answer(coalescer.load("k", () -> done("2")))).isEqualTo("2");
  }

  @Test
  void aFailedLoadFailsForAllAndIsForgotten() {
    CompletableFuture<String> load = new CompletableFuture<>();
    CompletableFuture<String> a = coalescer.load("k", () -> load);
    CompletableFuture<String> b = coalescer.load("k", () -> load);
    load.completeExceptionally(new StoreException(StoreException.Kind.AWAY, "away", null));
    assertThat(Await.failure(a).kind()).isEqualTo(StoreException.Kind.AWAY);
    assertThat(Await.failure(b).kind()).isEqualTo(StoreException.Kind.AWAY);
    CompletableFuture<String> thrown =
        coalescer.load(
            "k",
            () -> {
              throw new StoreException(StoreException.Kind.CORRUPT, "thrown", null);
            });
    assertThat(Await.failure(thrown).kind()).isEqualTo(StoreException.Kind.CORRUPT);
    assertThat(coalescer.underWay()).isZero();
  }

  @Test
  void cancellingOneAskerDisturbsNobody() {
    CompletableFuture<String> load = new CompletableFuture<>();
    CompletableFuture<String> a = coalescer.load("k", () -> load);
    CompletableFuture<String> b = coalescer.load("k", () -> load);
    a.cancel(true);
    load.complete("v");
    assertThat(Await.answer(b)).isEqualTo("v");
  }

  @Test
  void keysUnderWayAreBounded() {
    CompletableFuture<String> never = new CompletableFuture<>();
    CompletableFuture<String> a = coalescer.load("a", () -> never);
    CompletableFuture<String> b = coalescer.load("b", () -> never);
    assertThat(Await.failure(coalescer.load("c", () -> done("c"))).kind())
        .isEqualTo(StoreException.Kind.BUSY);
    assertThat(List.of(a, b)).noneMatch(CompletableFuture::isDone);
    assertThat(coalescer.load("a", () -> done("other"))).isNotDone();
  }

  private static CompletableFuture<String> done(String value) {
    return CompletableFuture.completedFuture(value);
  }
}
