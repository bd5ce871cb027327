package io.podium.read.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.card.Card;
import io.podium.guard.AbsentFilter;
import io.podium.guard.StoreGuards;
import io.podium.store.Await;
import io.podium.store.CardStore;
import io.podium.store.memory.MemoryCardStore;
import io.podium.store.memory.MemoryListingStore;
import io.podium.store.tiered.CardReads;
import io.podium.store.tiered.ListingReads;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On a store whose answer comes when the test says so. */
class CardsTest {
  private static final Card OLD = Card.of("P1", Map.of());

  private final CompletableFuture<Map<String, Card>> answer = new CompletableFuture<>();
  private final AtomicInteger finds = new AtomicInteger();
  private final ChangeClock clock = new ChangeClock();
  private final Cards cards = cards();

  @Test
  void whatChangedWhileItWasLoadedIsNotHeld() {
    CompletionStage<?> load = cards.load(Set.of("P1"));
    cards.changed("P1");
    answer.complete(Map.of("P1", OLD));
    Await.answer(load);
    assertThat(cards.count()).isZero();
  }

  @Test
  void whatWasLoadedWhenAnyMayHaveChangedIsNotHeld() {
    CompletionStage<?> load = cards.load(Set.of("P1"));
    cards.forget();
    answer.complete(Map.of("P1", OLD));
    Await.answer(load);
    assertThat(cards.count()).isZero();
  }

  @Test
  void whatAnotherChangeMetIsHeld() {
    CompletionStage<?> load = cards.load(Set.of("P1"));
    cards.changed("P2");
    answer.complete(Map.of("P1", OLD));
    Await.answer(load);
    assertThat(cards.count()).isOne();
  }

  /** As in the moment between a change and the dropping of what is held. */
  @Test
  void whatIsHeldButHasChangedIsLoadedAgain() {
    answer.complete(Map.of("P1", OLD));
    Await.answer(cards.load(Set.of("P1")));
    Await.answer(cards.shown(Set.of("P1")));
    assertThat(finds).hasValue(1);
    clock.changed("P1");
    Await.answer(cards.shown(Set.of("P1")));
    assertThat(finds).hasValue(2);
  }

  private Cards cards() {
    CardStore store = patient();
    StoreGuards guards = StoreGuards.all(RefresherTest.guard());
    AbsentFilter absent = new AbsentFilter(1 << 10, Duration.ofMinutes(1), System::nanoTime);
    MemoryListingStore listings = new MemoryListingStore();
    StoreReads reads =
        new StoreReads(
            new StoreReads.From(
                new ListingReads(listings, guards, listings, guards),
                new CardReads(store, guards, store, guards, absent)),
            Runnable::run);
    Warm warm = new Warm(new RefresherTest.Nothing());
    return new Cards(reads, reads, warm, clock, 100, Runnable::run);
  }

  private CardStore patient() {
    MemoryCardStore store = new MemoryCardStore();
    Await.answer(store.merge(List.of(OLD)));
    return (CardStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {CardStore.class},
            (proxy, method, arguments) ->
                method.getName().equals("find") ? asked() : method.invoke(store, arguments));
  }

  private CompletionStage<Map<String, Card>> asked() {
    finds.incrementAndGet();
    return answer;
  }
}
