package io.podium.read.refresh;

import io.podium.card.Card;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.read.hit.Held;
import io.podium.read.hit.Pages;
import io.podium.read.hit.Pulse;
import io.podium.read.page.BoardView;
import io.podium.read.page.Encoding;
import io.podium.read.page.Freshness;
import io.podium.read.page.Page;
import io.podium.read.page.PageCodec;
import io.podium.read.page.PageEncoder;
import io.podium.read.page.PageSpec;
import io.podium.read.refresh.PageLoader.Loaded;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one page and keeps it: from what is kept here, else from the stores, else the copy of an
 * earlier time. Whoever calls it bounds how many. Not for event loops but for {@link #promote}.
 */
final class PageMaker {
  private final Books books;
  private final Listings listings;
  private final Cards cards;
  private final Warm warm;
  private final Pages pages;
  private final PageEncoder encoder;
  private final ChangeClock changes;
  private final Feed feed;
  private final Executor workers;
  private final Clock clock;
  private final long run = new SecureRandom().nextLong();

  PageMaker(
      Books books,
      Listings listings,
      Cards cards,
      Warm warm,
      Pages pages,
      PageEncoder encoder,
      ChangeClock changes,
      Feed feed,
      Executor workers,
      Clock clock) {
    this.books = books;
    this.listings = listings;
    this.cards = cards;
    this.warm = warm;
    this.pages = pages;
    this.encoder = encoder;
    this.changes = changes;
    this.feed = feed;
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * The page in these codings at least; empty when its epoch is kept nowhere any more. Fails as
   * {@link PageLoader#load}.
   *
   * @param text of the spec
   */
  CompletableFuture<Optional<Loaded>> make(
      BoardView board, PageSpec spec, String text, Set<Encoding> wanted) {
    Loaded kept = feed.isInTouch() ? newest(spec, text, wanted) : copy(board, spec, text);
    if (kept != null) {
      return CompletableFuture.completedFuture(Optional.of(kept));
    }
    long began = changes.now();
    long era = feed.era();
    return source(spec)
        .thenCompose(
            found ->
                found.value().isEmpty()
                    // Its cursor is good all the same.
                    ? CompletableFuture.completedFuture(
                        Optional.ofNullable(copy(board, spec, text)))
                    : encode(
                        board,
                        spec,
                        new Found<>(found.value().get(), found.tier()),
                        cards::shown,
                        wanted,
                        began,
                        era))
        .exceptionally(
            failure -> {
              Loaded copy = copy(board, spec, text);
              if (copy == null) {
                throw Failures.as(failure);
              }
              return Optional.of(copy);
            });
  }

  private CompletableFuture<Found<Optional<Listing>>> source(PageSpec spec) {
    if (spec.epoch() != 0) {
      return listings.epoch(spec.listing(), spec.epoch());
    }
    return listings
        .find(spec.listing())
        .thenApply(found -> new Found<>(Optional.of(found.value()), found.tier()));
  }

  /** The page that is kept here, if it is the newest: only a coding was missing, or a turn. */
  private @Nullable Loaded newest(PageSpec spec, String text, Set<Encoding> wanted) {
    PageCodec.Kept kept = warm.page(text);
    if (kept == null || kept.page().isWornOut(clock.millis()) || !isNewest(spec, kept)) {
      return null;
    }
    Page page = kept.page();
    for (Encoding coding : wanted) {
      page = page.with(coding);
    }
    if (page != kept.page()) {
      warm.keep(page, kept.fresh());
    }
    return new Loaded(page, hold(spec, page, kept.fresh()), Found.HELD);
  }

  private boolean isNewest(PageSpec spec, PageCodec.Kept kept) {
    Freshness fresh = kept.fresh();
    return isOfNow(fresh)
        && !(spec.epoch() == 0 && changes.changedSince(fresh.moment(), spec.listing()))
        && kept.page().products().stream()
            .noneMatch(id -> changes.changedSince(fresh.moment(), id));
  }

  /** Made by this process in this era. */
  private boolean isOfNow(Freshness fresh) {
    return fresh.run() == run && fresh.era() == feed.era();
  }

  private Held hold(PageSpec spec, Page page, Freshness fresh) {
    Held held = pages.put(spec, page, books.pulse(spec.listing().board()), fresh.era());
    noteGap(held, spec, fresh.era());
    noteChanges(page, spec, fresh.moment());
    return held;
  }

  /** The page of an earlier time; it is served as stale until it was fetched again. */
  @Nullable Loaded copy(BoardView board, PageSpec spec, String text) {
    PageCodec.Kept kept = warm.page(text);
    Page page = kept == null ? null : kept.page();
    if (page == null || page.isWornOut(clock.millis())) {
      Listing listing = warm.listing(spec.listing());
      if (listing != null && (spec.epoch() == 0 || spec.epoch() == listing.epoch())) {
        page = encodeCopy(board, spec, listing, page);
      }
    }
    if (page == null) {
      return null;
    }
    // Era -1 is no era of the feed: the page counts as unchecked.
    Held held = pages.put(spec, page, books.pulse(spec.listing().board()), -1);
    if (spec.epoch() == 0) {
      feed.listingAgain(spec.listing(), Feed.UNKNOWN);
    } else if (kept != null && kept.fresh().run() == run) {
      noteChanges(page, spec, kept.fresh().moment());
    }
    return new Loaded(page, held, "hot");
  }

  private Page encodeCopy(BoardView board, PageSpec spec, Listing listing, @Nullable Page older) {
    Map<String, Card> known = new ConcurrentHashMap<>();
    for (String id : shown(listing, spec)) {
      Card card = warm.card(id);
      if (card != null) {
        known.put(id, card);
      }
    }
    Page page =
        encoder.encode(spec, board, listing, known, clock.millis(), EnumSet.noneOf(Encoding.class));
    return page.checkedAt(older == null ? listing.asOf().toEpochMilli() : older.head().checkedAt());
  }

  private CompletableFuture<Optional<Loaded>> encode(
      BoardView board,
      PageSpec spec,
      Found<Listing> listing,
      ProductCards cardsOf,
      Set<Encoding> wanted,
      long began,
      long era) {
    return cardsOf
        .find(shown(listing.value(), spec))
        .thenApplyAsync(
            found -> {
              long now = clock.millis();
              Page page = encoder.encode(spec, board, listing.value(), found.value(), now, wanted);
              boolean stale = listing.isStale() || found.isStale();
              if (stale) {
                page = page.checkedAt(page.head().asOf());
              }
              return Optional.of(keep(spec, page, stale, listing.tier(), began, era));
            },
            workers);
  }

  private Loaded keep(PageSpec spec, Page page, boolean stale, String tier, long began, long era) {
    Pulse pulse = books.pulse(spec.listing().board());
    Held held = pages.put(spec, page, pulse, stale ? -1 : era);
    if (!stale && held.page() == page) { // else a newer one is there
      warm.keep(page, new Freshness(run, era, began));
    }
    if (!stale) {
      noteGap(held, spec, era);
    }
    noteChanges(page, spec, began);
    if (stale && spec.epoch() == 0) {
      // Until all of it comes from the stores.
      feed.listingAgain(spec.listing(), Feed.UNKNOWN);
    }
    return new Loaded(page, held, stale ? Found.HOT : tier);
  }

  /**
   * Announcements were missed before the page was among the pages held, so that nobody checks it:
   * it would count as stale until it changes. Asked after the page was put there, as whoever begins
   * an era looks at the pages held afterwards.
   */
  private void noteGap(Held held, PageSpec spec, long era) {
    if (era == feed.era()) {
      return;
    }
    if (spec.epoch() == 0) {
      feed.listingChanged(spec.listing());
    } else {
      pages.drop(held); // made again when it is next asked for
    }
  }

  /** What changed while the page was not among the pages held did not find it there. */
  private void noteChanges(Page page, PageSpec spec, long since) {
    if (changes.changedSince(since, spec.listing()) && spec.epoch() == 0) {
      feed.listingChanged(spec.listing());
    }
    for (String id : page.products()) {
      if (changes.changedSince(since, id)) {
        feed.cardChanged(id);
      }
    }
  }

  /**
   * Encodes a page again that is held, from what is held, in the codings that were asked for
   * lately; used by the refresher.
   */
  CompletableFuture<Optional<Loaded>> again(BoardView board, Held page) {
    long began = changes.now();
    long era = feed.era();
    PageSpec spec = page.spec();
    Set<Encoding> wanted = page.lately(clock.millis());
    return listings
        .find(spec.listing())
        .thenCompose(
            listing -> encode(board, spec, listing, cards::shownAhead, wanted, began, era));
  }

  /**
   * Takes a page of the hot tier to the heap, so that it is encoded ahead from now on; not when it
   * is the newest no longer. Returns at once.
   */
  void promote(PageSpec spec, String text) {
    try {
      workers.execute(
          () -> {
            PageCodec.Kept kept = warm.page(text);
            if (kept != null && isOfNow(kept.fresh())) {
              hold(spec, kept.page(), kept.fresh());
            }
          });
    } catch (RejectedExecutionException e) {
      // It stays where it is.
    }
  }

  /** Of this process: what is kept by another one is not known to be the newest. */
  long run() {
    return run;
  }

  static List<String> shown(Listing listing, PageSpec spec) {
    List<Entry> entries = listing.entries();
    int from = Math.min(spec.offset(), entries.size());
    int to = Math.min(entries.size(), from + spec.size());
    return entries.subList(from, to).stream().map(Entry::productId).toList();
  }
}
