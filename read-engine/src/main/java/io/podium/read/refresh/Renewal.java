package io.podium.read.refresh;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.read.hit.Held;
import io.podium.read.hit.Pages;
import io.podium.read.page.BoardView;
import io.podium.read.page.Page;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches what is noted as changed, and encodes the pages that show it. Confined to the refresher's
 * thread; the encoding itself runs on the workers.
 */
final class Renewal {
  private static final int CARDS_AT_ONCE = 500;
  private static final int LISTINGS_AT_ONCE = 64;
  private static final long DEADLINE_MS = 5_000;
  private static final long SECOND_MS = 1_000;

  private final Books books;
  private final Listings listings;
  private final Cards cards;
  private final Pages pages;
  private final PageLoader loader;
  private final Feed feed;
  private final Follower follower;
  private final Clock clock;
  private long nextScan;

  Renewal(
      Books books,
      Listings listings,
      Cards cards,
      Pages pages,
      PageLoader loader,
      Feed feed,
      Follower follower,
      Clock clock) {
    this.books = books;
    this.listings = listings;
    this.cards = cards;
    this.pages = pages;
    this.loader = loader;
    this.feed = feed;
    this.follower = follower;
    this.clock = clock;
  }

  /** What fails is noted again for the next run. */
  void run() throws InterruptedException, ExecutionException, TimeoutException {
    Map<ListingKey, Long> changedListings = feed.takeListings();
    Set<String> changedCards = feed.takeCards();
    Set<Held> outdated = new HashSet<>();
    List<Listing> fetched = new ArrayList<>();
    try {
      fetchCards(changedCards, outdated);
      fetchListings(changedListings, outdated, fetched);
      wearing(outdated);
      encode(outdated);
    } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
      changedListings.forEach(feed::listingChanged);
      changedCards.forEach(feed::cardChanged);
      throw e;
    } finally {
      // Not before the pages: whoever hears of an epoch asks for its page at once.
      fetched.forEach(follower::published);
    }
  }

  private void fetchCards(Set<String> ids, Set<Held> outdated)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> all = new ArrayList<>(ids);
    for (int i = 0; i < all.size(); i += CARDS_AT_ONCE) {
      await(cards.load(all.subList(i, Math.min(all.size(), i + CARDS_AT_ONCE))));
    }
    for (String id : all) {
      outdated.addAll(pages.showing(id));
    }
  }

  private void fetchListings(
      Map<ListingKey, Long> epochs, Set<Held> outdated, List<Listing> fetched)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Map.Entry<ListingKey, Long>> all = new ArrayList<>(epochs.entrySet());
    for (int i = 0; i < all.size(); i += LISTINGS_AT_ONCE) {
      List<Map.Entry<ListingKey, Long>> some =
          all.subList(i, Math.min(all.size(), i + LISTINGS_AT_ONCE));
      List<CompletableFuture<Found<Listing>>> loads =
          some.stream().map(known -> listings.atLeast(known.getKey(), known.getValue())).toList();
      try {
        await(CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new)));
      } finally {
        // Should one have failed: the next run need not load the others again.
        for (int j = 0; j < loads.size(); j++) {
          if (loads.get(j).isDone() && !loads.get(j).isCompletedExceptionally()) {
            Listing listing = loads.get(j).join().value();
            some.get(j).setValue(listing.epoch());
            fetched.add(listing);
            outdated(listing.key(), outdated);
          }
        }
      }
    }
  }

  private void outdated(ListingKey key, Set<Held> outdated) {
    for (Held held : pages.of(key)) {
      if (held.spec().epoch() == 0) {
        outdated.add(held);
      }
    }
  }

  /** Pages whose cursor is soon too old to be sent. */
  private void wearing(Set<Held> outdated) {
    long now = clock.millis();
    if (now < nextScan) {
      return;
    }
    nextScan = now + SECOND_MS;
    for (Held held : pages.all()) {
      Page page = held.page();
      BoardView board = books.current().board(held.spec().listing().board());
      if (page != null && board != null && page.head().renewAt() != Long.MAX_VALUE) {
        long grid = board.info().cursorTtl().toMillis() / 10;
        if (now >= page.head().renewAt() - grid) {
          outdated.add(held);
        }
      }
    }
  }

  private void encode(Set<Held> outdated)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<Held, CompletableFuture<Optional<PageLoader.Loaded>>> running = new java.util.HashMap<>();
    for (Held held : outdated) {
      BoardView board = books.current().board(held.spec().listing().board());
      if (board == null || held.spec().epoch() != 0) {
        // A page behind a cursor is made again from history when it is next asked for.
        pages.drop(held);
      } else {
        running.put(held, loader.again(board, held.spec()));
      }
    }
    for (Map.Entry<Held, CompletableFuture<Optional<PageLoader.Loaded>>> e : running.entrySet()) {
      await(e.getValue())
          .filter(loaded -> loaded.tier().equals(Found.HOT))
          .ifPresent(loaded -> feed.listingChanged(e.getKey().spec().listing()));
    }
  }

  /** Whether what is held of a listing is older than this epoch. */
  boolean isOlder(ListingKey key, long epoch) {
    Listing listing = listings.held(key);
    if (listing != null && listing.epoch() < epoch) {
      return true;
    }
    for (Held held : pages.of(key)) {
      Page page = held.page();
      if (page != null && held.spec().epoch() == 0 && page.epoch() < epoch) {
        return true;
      }
    }
    return false;
  }

  private static <T> T await(CompletableFuture<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.get(DEADLINE_MS, TimeUnit.MILLISECONDS);
  }
}
