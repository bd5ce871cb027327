package io.podium.read.refresh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.podium.card.Card;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The newest cards of the products that are shown; bounded. Not for event loops. */
final class Cards implements ProductCards {
  private final StoreReads reads;
  private final StoreReads refreshes;
  private final Warm warm;
  private final ChangeClock clock;
  private final Cache<String, Held> held;

  /**
   * @param began the change clock's moment at which it was asked for
   */
  private record Held(Card card, long began) {}

  /**
   * @param reads for those who wait for an answer
   * @param refreshes for what is made ahead
   */
  Cards(
      StoreReads reads,
      StoreReads refreshes,
      Warm warm,
      ChangeClock clock,
      int limit,
      Executor workers) {
    this.reads = reads;
    this.refreshes = refreshes;
    this.warm = warm;
    this.clock = clock;
    this.held = Caffeine.newBuilder().maximumSize(limit).executor(workers).build();
  }

  /**
   * Cards of products that are shown, by id. While the stores are away the copies of an earlier
   * time stand in, and the answer says so.
   */
  CompletableFuture<Found<Map<String, Card>>> shown(Collection<String> ids) {
    return find(ids, true, reads);
  }

  /** As {@link #shown}, for pages that are made ahead. */
  CompletableFuture<Found<Map<String, Card>>> shownAhead(Collection<String> ids) {
    return find(ids, true, refreshes);
  }

  /** As {@link #shown}; an id that names nothing leaves no trace, for it may be anyone's guess. */
  @Override
  public CompletableFuture<Found<Map<String, Card>>> find(Collection<String> ids) {
    return find(ids, false, reads);
  }

  private CompletableFuture<Found<Map<String, Card>>> find(
      Collection<String> ids, boolean absent, StoreReads from) {
    Map<String, Card> cards = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (String id : ids) {
      Card card = held(id);
      if (card == null) {
        missing.add(id);
      } else {
        cards.put(id, card);
      }
    }
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(new Found<>(cards, Found.HELD));
    }
    return load(missing, absent, from)
        .thenApply(
            loaded -> {
              cards.putAll(loaded.value());
              return new Found<>(cards, loaded.tier());
            })
        .exceptionally(failure -> new Found<>(withCopies(cards, missing), Found.HOT));
  }

  /**
   * Asked of the clock again: between a change and the moment at which what was held is dropped, or
   * when a load that began before it comes late, a page would be made of the old one that counts as
   * the newest.
   */
  private @Nullable Card held(String id) {
    Held found = held.getIfPresent(id);
    return found == null || clock.mayHaveChangedSince(found.began(), id) ? null : found.card();
  }

  /** Reads cards of products that are shown from the stores, whatever is held. */
  CompletableFuture<Found<Map<String, Card>>> load(Collection<String> ids) {
    return load(ids, true, refreshes);
  }

  private CompletableFuture<Found<Map<String, Card>>> load(
      Collection<String> ids, boolean absent, StoreReads from) {
    long began = clock.now();
    return from.cards(ids)
        .thenApply(
            found -> {
              found.value().forEach((id, card) -> take(id, card, began));
              return found.isStale()
                  ? partial(found, ids, absent, began)
                  : whole(found, ids, absent, began);
            });
  }

  private Found<Map<String, Card>> whole(
      Found<Map<String, Card>> found, Collection<String> ids, boolean absent, long began) {
    for (String id : ids) {
      if (absent && !found.value().containsKey(id)) {
        take(id, nothing(id), began);
      }
    }
    return found;
  }

  /**
   * Redis does not have all of them, and Mongo does not answer. What was known here before has been
   * lost there; what never was has no card, or else nothing could be shown until Mongo is back.
   */
  private Found<Map<String, Card>> partial(
      Found<Map<String, Card>> found, Collection<String> ids, boolean absent, long began) {
    Map<String, Card> cards = new HashMap<>(found.value());
    boolean isKnown = absent;
    for (String id : ids) {
      Card copy = cards.containsKey(id) ? null : warm.card(id);
      if (copy != null) {
        cards.put(id, copy);
        isKnown = false;
      } else if (absent && !cards.containsKey(id)) {
        take(id, nothing(id), began);
      }
    }
    return new Found<>(cards, isKnown ? Found.REDIS : found.tier());
  }

  private void take(String id, Card card, long began) {
    if (clock.mayHaveChangedSince(began, id)) {
      return;
    }
    Held loaded = new Held(card, began);
    held.asMap().merge(id, loaded, (other, mine) -> other.began() > began ? other : mine);
    if (!card.members().isEmpty() || card.removed() != null) {
      warm.keep(card);
    }
  }

  /** Held like any other, so that it is not looked up again for each page. */
  private static Card nothing(String id) {
    return Card.of(id, Map.of());
  }

  private Map<String, Card> withCopies(Map<String, Card> cards, List<String> missing) {
    for (String id : missing) {
      Card copy = warm.card(id);
      if (copy != null) {
        cards.put(id, copy);
      }
    }
    return cards;
  }

  /** It changed: what is held, or being loaded, is not the newest any more. */
  void changed(String id) {
    reads.cardChanged(id);
    clock.changed(id);
    held.invalidate(id);
  }

  /** Any of them may have changed: what is held, or being loaded, is not taken for the newest. */
  void forget() {
    reads.anyCardChanged();
    clock.allChanged();
    held.invalidateAll();
  }

  long count() {
    return held.estimatedSize();
  }
}
