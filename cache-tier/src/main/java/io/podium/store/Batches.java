package io.podium.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Long lists in pieces, one after the other, so that no call fills a queue or a deadline. */
public final class Batches {
  private Batches() {}

  /**
   * The answers of {@code call} for pieces of at most {@code size}, in order; fails with the first
   * failure, and then asks no more.
   */
  public static <T, R> CompletableFuture<List<R>> inTurn(
      List<T> items, int size, Function<List<T>, ? extends CompletionStage<R>> call) {
    CompletableFuture<List<R>> answers = CompletableFuture.completedFuture(new ArrayList<>());
    for (int from = 0; from < items.size(); from += size) {
      List<T> piece = items.subList(from, Math.min(items.size(), from + size));
      answers =
          answers.thenCompose(
              sofar ->
                  call.apply(piece)
                      .thenApply(
                          answer -> {
                            sofar.add(answer);
                            return sofar;
                          }));
    }
    return answers;
  }

  /** All answers in order, of calls that run at the same time. */
  public static <R> CompletableFuture<List<R>> together(List<? extends CompletionStage<R>> calls) {
    CompletableFuture<?>[] all =
        calls.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all)
        .thenApply(done -> calls.stream().map(c -> c.toCompletableFuture().join()).toList());
  }
}
