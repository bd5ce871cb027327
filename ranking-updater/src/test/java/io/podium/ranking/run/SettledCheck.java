package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.Announcement;
import io.podium.card.Card;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Counts;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.oracle.Intake;
import io.podium.ranking.oracle.View;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.EventLog.DeadLetter;
import io.podium.ranking.stream.StreamEntry;
import io.podium.store.CardStore;
import io.podium.store.ListingStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must hold when no fault comes any more: all of it against what the log was given. */
final class SettledCheck {
  private final SimulatedWorld world;
  private final SimulatedShop shop;
  private final SimulatedUpdater[] updaters;
  private final List<StreamEntry> given;
  private final Intake oracle = new Intake(SimulatedWorld.BOARDS, CoreLimits.DEFAULT.maxAhead());
  private final Map<EntryId, String> rejected = new HashMap<>();
  private final Map<String, Card> cards = new TreeMap<>();

  SettledCheck(SimulatedWorld world, SimulatedShop shop, SimulatedUpdater[] updaters) {
    this.world = world;
    this.shop = shop;
    this.updaters = updaters;
    this.given = world.soundLog().history();
  }

  void run() throws Exception {
    given.forEach(this::take);
    oracle.advance(world.now());
    oracle.rules(world.rules());
    assertThat(world.cache().violations()).isEmpty();
    assertThat(world.mongo().violations()).isEmpty();
    acknowledgedIsStored();
    assertThat(updaters).as("one is active").filteredOn(u -> u.lease().isActive()).hasSize(1);
    countsAgree();
    deadLettersAgree();
    listingsAgree();
    cardsAgree(world.cacheCards().sound());
    cardsAgree(world.mongoCards().sound());
  }

  private void take(StreamEntry entry) {
    oracle.advance(entry.id().millis());
    Decoded decoded = new EventDecoder(SimulatedWorld.BOARDS).decode(entry.event());
    if (decoded instanceof Decoded.Rejected r) {
      rejected.put(entry.id(), r.reason());
    } else if (decoded instanceof Decoded.Accepted a) {
      if (oracle.apply(a.event(), entry.id().millis()) == Outcome.REJECTED) {
        rejected.put(entry.id(), "ahead");
      } else if (a.event() instanceof CardChange c) {
        cards.merge(c.change().productId(), c.change(), Card::merge);
      }
    }
  }

  private void acknowledgedIsStored() {
    Set<String> stored = new HashSet<>();
    given.forEach(e -> stored.add(e.text()));
    assertThat(shop.isDone()).isTrue();
    for (SimulatedShop.Request request : shop.acknowledged()) {
      request
          .events()
          .forEach(e -> assertThat(stored).contains(new String(e, StandardCharsets.UTF_8)));
      request
          .products()
          .forEach(e -> assertThat(stored).contains(new String(e, StandardCharsets.UTF_8)));
    }
  }

  private void countsAgree() {
    List<Counts> all = new ArrayList<>();
    for (SimulatedUpdater updater : updaters) {
      Counts counts = Objects.requireNonNull(updater.status().counts());
      assertThat(updater.status().received()).isEqualTo(given.size());
      assertThat(counts.received()).isEqualTo(given.size());
      assertThat(counts.rejectedTotal()).isEqualTo(rejected.size());
      all.add(counts);
    }
    assertThat(all.get(0)).isEqualTo(all.get(1));
  }

  private void deadLettersAgree() {
    Map<EntryId, String> dead = new HashMap<>();
    for (DeadLetter letter : world.soundLog().dead()) {
      dead.put(letter.entry().id(), letter.reason());
    }
    assertThat(dead).isEqualTo(rejected);
  }

  private void listingsAgree() throws Exception {
    Map<ListingKey, Long> told = new HashMap<>();
    for (Announcement a : world.announced()) {
      if (a instanceof Announcement.ListingChanged c) {
        told.merge(c.key(), c.epoch(), Math::max);
      }
    }
    Set<ListingKey> keys = new HashSet<>(told.keySet());
    Map<String, View> views = new HashMap<>();
    for (Board board : SimulatedWorld.BOARDS) {
      View view = Objects.requireNonNull(oracle.view(board));
      views.put(board.name(), view);
      view.listings().keySet().forEach(slice -> keys.add(new ListingKey(board.name(), slice)));
    }
    for (ListingKey key : keys) {
      View view = Objects.requireNonNull(views.get(key.board()));
      Listing inCache = newest(world.cache().sound(), key);
      if (inCache == null) {
        // It was in a cache that was emptied, and no updater that lives has ever seen it.
        assertThat(view.listing(key.slice()).organic()).as("%s", key).isEmpty();
        continue;
      }
      assertThat(displayed(inCache)).as("%s", key).isEqualTo(view.listing(key.slice()).displayed());
      assertThat(newest(world.mongo().sound(), key)).isEqualTo(inCache);
      assertThat(told).as("announced").containsEntry(key, inCache.epoch());
      checkChain(key);
    }
  }

  private static @Nullable Listing newest(ListingStore store, ListingKey key) throws Exception {
    return store.find(key).toCompletableFuture().get().orElse(null);
  }

  private static List<Ranked.Displayed> displayed(Listing listing) {
    List<Ranked.Displayed> displayed = new ArrayList<>();
    for (Entry e : listing.entries()) {
      displayed.add(
          new Ranked.Displayed(
              e.productId(), e.score(), e.organicRank(), e.promoted(), e.buried()));
    }
    return displayed;
  }

  /** Of what the cache holds; an emptied one begins in the middle. */
  private void checkChain(ListingKey key) throws Exception {
    Listing before = null;
    for (Listing l :
        world.cache().sound().history(key, 0, Integer.MAX_VALUE).toCompletableFuture().get()) {
      if (before != null) {
        assertThat(l.chain()).isEqualTo(Composer.chain(before.chain(), l.epoch(), l.hash()));
        assertThat(l.shownFrom()).isAfterOrEqualTo(before.shownFrom());
      }
      before = l;
    }
  }

  private void cardsAgree(CardStore store) throws Exception {
    Map<String, Card> kept = store.find(cards.keySet()).toCompletableFuture().get();
    assertThat(new TreeMap<>(kept)).isEqualTo(cards);
    Set<String> told = new HashSet<>();
    for (Announcement a : world.announced()) {
      if (a instanceof Announcement.CardChanged c) {
        told.add(c.productId());
      }
    }
    assertThat(told).containsAll(cards.keySet());
  }
}
