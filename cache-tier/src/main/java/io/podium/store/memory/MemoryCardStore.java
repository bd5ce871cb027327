package io.podium.store.memory;

import io.podium.card.Card;
import io.podium.listing.CodePointOrder;
import io.podium.store.CardStore;
import io.podium.store.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Cards on the heap. Completes on the caller's thread. */
public final class MemoryCardStore implements CardStore {
  // Guarded by this.
  private final NavigableMap<String, Card> cards = new TreeMap<>(CodePointOrder.INSTANCE);

  @Override
  public synchronized CompletionStage<Map<String, Card>> find(Collection<String> productIds) {
    Map<String, Card> found = new HashMap<>();
    for (String id : productIds) {
      Card card = cards.get(id);
      if (card != null) {
        found.put(id, card);
      }
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public synchronized CompletionStage<List<String>> merge(Collection<Card> changes) {
    Set<String> changed = new LinkedHashSet<>();
    for (Card change : changes) {
      Card before = cards.get(change.productId());
      Card after = before == null ? change : before.merge(change);
      if (!after.equals(before)) {
        cards.put(change.productId(), after);
        changed.add(change.productId());
      }
    }
    return CompletableFuture.completedFuture(List.copyOf(changed));
  }

  @Override
  public synchronized CompletionStage<Optional<List<Card>>> scan(String afterId, int limit) {
    List<Card> page = new ArrayList<>();
    for (Card card : cards.tailMap(afterId, false).values()) {
      if (page.size() == limit) {
        break;
      }
      page.add(card);
    }
    return CompletableFuture.completedFuture(Optional.of(page));
  }

  @Override
  public CompletionStage<Check> check() {
    return CompletableFuture.completedFuture(new Check("memory", true, "answers"));
  }

  @Override
  public void close() {}
}
