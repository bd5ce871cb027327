package io.podium.read.refresh;

import io.podium.card.Card;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.read.hit.Held;
import io.podium.read.hit.Pages;
import io.podium.read.page.BoardView;
import io.podium.read.page.Page;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what is noted as changed, and encodes the pages that show it, newest demand first. What
 * cannot be fetched has its next turn after a pause, and its pages are served as stale until then;
 * it keeps nothing else waiting. So has what a run has no time for, without the pause: after a gap
 * everything held is to be fetched, and meanwhile what is being read goes on changing. Confined to
 * the refresher's thread; the encoding itself runs on the workers.
 */
final class Renewal {
  private static final int CARDS_AT_ONCE = 500;
  private static final int LISTINGS_AT_ONCE = 64;

  /** Whoever waits for a page that has to be loaded waits for no more than these before. */
  private static final int PAGES_AT_ONCE = 64;

  /** No more listings are begun after it, so that announcements are read again. */
  private static final long RUN_MS = 500;

  private static final long DEADLINE_MS = 5_000;
  private static final long SECOND_MS = 1_000;

  /** After it an announced epoch that nobody has is taken to have been lost. */
  private static final long BELIEVED_MS = 30_000;

  /** Of no era: the page counts as unchecked. */
  private static final long DOUBTED = -1;

  private final Books books;
  private final Listings listings;
  private final Cards cards;
  private final Pages pages;
  private final PageMaker maker;
  private final Feed feed;
  private final Follower follower;
  private final Clock clock;

  /** Since when what the stores have is older than what was announced, wall clock, ms. */
  private final Map<ListingKey, Long> behindSince = new HashMap<>();

  private boolean isWhole;

  /** Something was waited for in vain: the rest of the round is not waited for again. */
  private boolean isLate;

  private long nextScan;

  Renewal(
      Books books,
      Listings listings,
      Cards cards,
      Pages pages,
      PageMaker maker,
      Feed feed,
      Follower follower,
      Clock clock) {
    this.books = books;
    this.listings = listings;
    this.cards = cards;
    this.pages = pages;
    this.maker = maker;
    this.feed = feed;
    this.follower = follower;
    this.clock = clock;
  }

  /** Answers whether everything could be had; what could not is served as stale. */
  boolean run() throws InterruptedException {
    isWhole = true;
    isLate = false;
    long began = clock.millis();
    long forgotten = began - 2 * BELIEVED_MS;
    behindSince.values().removeIf(since -> since < forgotten);
    Map<ListingKey, Long> changedListings = feed.takeListings();
    Set<String> changedCards = feed.takeCards();
    Set<Held> outdated = new HashSet<>();
    try {
      fetchCards(changedCards, outdated);
      wearing(outdated);
      List<Map.Entry<ListingKey, Long>> all = newestDemandFirst(changedListings);
      int done = 0;
      while (done < all.size() && (done == 0 || clock.millis() - began < RUN_MS)) {
        int end = Math.min(all.size(), done + LISTINGS_AT_ONCE);
        outdated.removeAll(renew(all.subList(done, end)));
        done = end;
      }
      all.subList(done, all.size()).forEach(known -> leave(known.getKey(), known.getValue()));
      encode(outdated);
    } catch (InterruptedException | RuntimeException e) {
      changedListings.forEach(feed::listingAgain);
      changedCards.forEach(feed::cardAgain);
      throw e;
    }
    return isWhole;
  }

  /** By times that stand still: pages are asked for while they are sorted. */
  private List<Map.Entry<ListingKey, Long>> newestDemandFirst(Map<ListingKey, Long> epochs) {
    record Used(Map.Entry<ListingKey, Long> known, long at) {}
    Set<ListingKey> followed = follower.followed();
    return epochs.entrySet().stream()
        .map(e -> new Used(e, followed.contains(e.getKey()) ? Long.MAX_VALUE : usedAt(e.getKey())))
        .sorted(Comparator.comparingLong(Used::at).reversed())
        .map(Used::known)
        .toList();
  }

  private long usedAt(ListingKey key) {
    return pages.of(key).stream().mapToLong(Held::usedAt).max().orElse(0);
  }

  /**
   * For the next run; its pages do not count as checked until then. Wherever else they are kept,
   * that was told when the change was noted.
   */
  private void leave(ListingKey key, long announced) {
    feed.listingChanged(key, announced);
    if (announced == Feed.UNKNOWN || isOlder(key, announced)) {
      uncheck(key);
    }
  }

  /** Answers which pages were encoded with the listings. */
  private Set<Held> renew(List<Map.Entry<ListingKey, Long>> some) throws InterruptedException {
    Set<Held> outdated = new HashSet<>();
    List<Listing> fetched = new ArrayList<>();
    Set<ListingKey> behind = new HashSet<>();
    try {
      fetchListings(some, outdated, fetched, behind);
      encode(outdated);
      behind.forEach(this::doubt);
    } finally {
      // Not before the pages: whoever hears of an epoch asks for its page at once.
      fetched.forEach(follower::published);
    }
    return outdated;
  }

  private void fetchCards(Set<String> ids, Set<Held> outdated) throws InterruptedException {
    List<String> all = new ArrayList<>(ids);
    for (int i = 0; i < all.size(); i += CARDS_AT_ONCE) {
      List<String> some = all.subList(i, Math.min(all.size(), i + CARDS_AT_ONCE));
      Found<Map<String, Card>> found = answer(cards.load(some));
      for (String id : some) {
        if (found == null || found.isFromBehind()) {
          feed.cardAgain(id);
        }
        if (found == null) {
          pages.showing(id).forEach(held -> held.checked(DOUBTED));
        } else {
          outdated.addAll(pages.showing(id));
        }
      }
    }
  }

  private void fetchListings(
      List<Map.Entry<ListingKey, Long>> some,
      Set<Held> outdated,
      List<Listing> fetched,
      Set<ListingKey> behind)
      throws InterruptedException {
    List<CompletableFuture<Found<Listing>>> loads =
        some.stream().map(known -> listings.atLeast(known.getKey(), known.getValue())).toList();
    for (int i = 0; i < loads.size(); i++) {
      ListingKey key = some.get(i).getKey();
      long announced = some.get(i).getValue();
      Found<Listing> found = answer(loads.get(i));
      if (found == null) {
        feed.listingAgain(key, announced);
        doubt(key);
        continue;
      }
      if (isBehind(found, announced)) {
        feed.listingAgain(key, announced);
        behind.add(key);
      }
      fetched.add(found.value());
      outdated(key, outdated);
    }
  }

  private boolean isBehind(Found<Listing> found, long announced) {
    ListingKey key = found.value().key();
    boolean behind =
        announced == Feed.UNKNOWN ? found.isFromBehind() : found.value().epoch() < announced;
    if (!behind) {
      behindSince.remove(key);
      return false;
    }
    long now = clock.millis();
    return now - behindSince.computeIfAbsent(key, k -> now) <= BELIEVED_MS;
  }

  /** Its pages, wherever they are kept, are not known to be the newest. */
  private void doubt(ListingKey key) {
    listings.changed(key);
    uncheck(key);
  }

  private void uncheck(ListingKey key) {
    for (Held held : pages.of(key)) {
      if (held.spec().epoch() == 0) {
        held.checked(DOUBTED);
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

  private void encode(Set<Held> outdated) throws InterruptedException {
    List<Held> newestDemandFirst = newestDemandFirst(outdated);
    for (int i = 0; i < newestDemandFirst.size(); i += PAGES_AT_ONCE) {
      int end = Math.min(newestDemandFirst.size(), i + PAGES_AT_ONCE);
      encode(newestDemandFirst.subList(i, end));
    }
  }

  /** By times that stand still: pages are asked for while they are sorted. */
  private static List<Held> newestDemandFirst(Set<Held> outdated) {
    record Used(Held held, long at) {}
    return outdated.stream()
        .map(held -> new Used(held, held.usedAt()))
        .sorted(Comparator.comparingLong(Used::at).reversed())
        .map(Used::held)
        .toList();
  }

  private void encode(List<Held> outdated) throws InterruptedException {
    Map<Held, CompletableFuture<Optional<PageLoader.Loaded>>> running = new HashMap<>();
    for (Held held : outdated) {
      BoardView board = books.current().board(held.spec().listing().board());
      if (board == null || held.spec().epoch() != 0) {
        // A page behind a cursor is made again from history when it is next asked for.
        pages.drop(held);
      } else {
        running.put(held, maker.again(board, held));
      }
    }
    for (Map.Entry<Held, CompletableFuture<Optional<PageLoader.Loaded>>> e : running.entrySet()) {
      if (answer(e.getValue()) == null) {
        e.getKey().checked(DOUBTED);
        feed.listingAgain(e.getKey().spec().listing(), Feed.UNKNOWN);
      }
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

  /** Null when it failed, or is not done within the deadline. */
  private <T> @Nullable T answer(CompletableFuture<T> stage) throws InterruptedException {
    try {
      return stage.get(isLate ? 0 : DEADLINE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      isWhole = false;
      isLate |= e instanceof TimeoutException;
      return null;
    }
  }
}
