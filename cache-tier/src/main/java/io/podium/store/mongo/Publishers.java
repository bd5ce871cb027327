package io.podium.store.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The driver's publishers as futures; failures in the words of the store contract. */
final class Publishers {
  private Publishers() {}

  static <T> CompletableFuture<Optional<T>> first(Publisher<T> publisher) {
    return all(publisher)
        .thenApply(list -> list.isEmpty() ? Optional.empty() : Optional.of(list.get(0)));
  }

  /** Everything the publisher has to give: ask for a limit in the query. */
  static <T> CompletableFuture<List<T>> all(Publisher<T> publisher) {
    Collector<T> collector = new Collector<>();
    try {
      publisher.subscribe(collector);
    } catch (RuntimeException e) {
      collector.onError(e);
    }
    return collector.answer;
  }

  private static final class Collector<T> implements Subscriber<T> {
    private final CompletableFuture<List<T>> answer = new CompletableFuture<>();
    private final List<T> items = new ArrayList<>();

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
      items.add(item);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(MongoFailures.of(failure));
    }

    @Override
    public void onComplete() {
      answer.complete(items);
    }
  }
}
