package io.podium.ranking.run;

import io.podium.card.Card;
import io.podium.store.CardStore;
import io.podium.store.Check;
import io.podium.store.memory.MemoryCardStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A card store whose calls meet faults. */
final class FaultyCards implements CardStore {
  private final Faults faults;
  private CardStore store = new MemoryCardStore();

  FaultyCards(Faults faults) {
    this.faults = faults;
  }

  void wipe() {
    store = new MemoryCardStore();
  }

  CardStore sound() {
    return store;
  }

  @Override
  public CompletionStage<Map<String, Card>> find(Collection<String> productIds) {
    return faults.call(() -> store.find(productIds));
  }

  @Override
  public CompletionStage<List<String>> merge(Collection<Card> changes) {
    return faults.call(() -> store.merge(changes));
  }

  @Override
  public CompletionStage<Optional<List<Card>>> scan(String afterId, int limit) {
    return faults.call(() -> store.scan(afterId, limit));
  }

  @Override
  public CompletionStage<Check> check() {
    return store.check();
  }

  @Override
  public void close() {}
}
