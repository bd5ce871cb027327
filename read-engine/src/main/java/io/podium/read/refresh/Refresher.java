package io.podium.read.refresh;

import io.podium.announce.Announcement;
import io.podium.announce.Announcement.BoardCurrent;
import io.podium.announce.Announcement.BoardsChanged;
import io.podium.announce.Announcement.CardChanged;
import io.podium.announce.Announcement.ListingChanged;
import io.podium.announce.AnnouncementLog;
import io.podium.guard.Jitter;
import io.podium.listing.Boards;
import io.podium.listing.ListingKey;
import io.podium.read.hit.Held;
import io.podium.read.hit.Pages;
import io.podium.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the announcements on a thread of its own, and has what is held fetched again when it
 * changed. One round:
 *
 * <ol>
 *   <li>read what was announced, waiting for the first
 *   <li>after a gap: everything held may have changed
 *   <li>note what changed among what is held
 *   <li>now and then compare all versions, should an announcement have been lost
 *   <li>fetch and encode what is noted
 *   <li>what is held is now known to be the newest
 * </ol>
 *
 * A round that fails leaves its notes for the next one; until then pages are served as stale.
 */
public final class Refresher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);
  private static final int BATCH = 4096;
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final long CHECK_EVERY_MS = 5_000;

  /** Each piece has the deadline of one call. */
  private static final int VERSIONS_AT_ONCE = 256;

  private static final long RETRY_MS = 100;
  private static final int FAILURES_TO_OPEN = 3;

  private final AnnouncementLog log;
  private final Books books;
  private final Listings listings;
  private final Cards cards;
  private final Pages pages;
  private final StoreReads reads;
  private final Feed feed;
  private final Renewal renewal;
  private final Heartbeats heartbeats;
  private final Clock clock;
  private final Follower follower;
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable String position;
  private long nextCheck;
  private int failures;

  Refresher(
      AnnouncementLog log,
      Books books,
      Listings listings,
      Cards cards,
      Pages pages,
      StoreReads reads,
      Feed feed,
      Renewal renewal,
      Heartbeats heartbeats,
      Follower follower,
      Clock clock) {
    this.log = log;
    this.books = books;
    this.listings = listings;
    this.cards = cards;
    this.pages = pages;
    this.reads = reads;
    this.feed = feed;
    this.renewal = renewal;
    this.heartbeats = heartbeats;
    this.follower = follower;
    this.clock = clock;
    this.thread = new Thread(this::run, "podium-refresher");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        round();
        recovered();
      } catch (InterruptedException e) {
        return;
      } catch (ExecutionException | TimeoutException | RuntimeException e) {
        failed(e);
      }
    }
  }

  private void round() throws InterruptedException, ExecutionException, TimeoutException {
    AnnouncementLog.Batch batch = read();
    if (batch.gap()) {
      newEra();
    }
    for (Announcement announcement : batch.announcements()) {
      note(announcement);
    }
    position = batch.position();
    boolean checked = checkVersions();
    if (!renewal.run() || !checked) {
      heartbeats.failing("stores-away");
    }
    heartbeats.beat(clock.millis(), feed.era());
    feed.touch(true);
  }

  private AnnouncementLog.Batch read()
      throws InterruptedException, ExecutionException, TimeoutException {
    String from = position;
    if (from == null) {
      if (books.current().version() == 0) {
        // Also while announcements do not come: without its boards an engine can serve nothing.
        takeBoards();
      }
      // Everything that is fetched from now on is at least as new as this position.
      String end = await(log.end());
      return new AnnouncementLog.Batch(List.of(), end, true);
    }
    return await(log.read(from, BATCH, Duration.ofNanos(feed.waitNanos(WAIT.toNanos()))));
  }

  private void newEra() throws InterruptedException, ExecutionException, TimeoutException {
    // First: what is made of what is held until then is of the era that ends.
    cards.forget();
    listings.forgetAll();
    feed.newEra();
    heartbeats.newEra(feed.era());
    takeBoards();
    // Pages behind cursors are made again when they are next asked for.
    pages.all().stream().filter(held -> held.spec().epoch() != 0).forEach(pages::drop);
    followed().forEach(feed::listingChanged);
    // All of it is fetched: there is nothing to compare.
    nextCheck = clock.millis() + Jitter.spread(CHECK_EVERY_MS);
  }

  private Set<ListingKey> followed() {
    Set<ListingKey> keys = new HashSet<>(pages.listings());
    keys.addAll(follower.followed());
    return keys;
  }

  private void note(Announcement announcement)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (announcement instanceof ListingChanged changed) {
      listings.changed(changed.key());
      if (!pages.of(changed.key()).isEmpty() || follower.followed().contains(changed.key())) {
        feed.listingChanged(changed.key(), changed.epoch());
      } else {
        listings.forget(changed.key());
      }
    } else if (announcement instanceof CardChanged changed) {
      cards.changed(changed.productId());
      if (!pages.showing(changed.productId()).isEmpty()) {
        feed.cardChanged(changed.productId());
      }
    } else if (announcement instanceof BoardsChanged changed) {
      if (changed.version() > books.current().version()) {
        take(await(reads.boards()).value());
      }
    } else if (announcement instanceof BoardCurrent current) {
      heartbeats.heard(current.board(), clock.millis());
    }
  }

  /** The document is fetched only when it is newer than the one that is known. */
  private void takeBoards() throws InterruptedException, ExecutionException, TimeoutException {
    if (await(reads.boardsVersion()).value() > books.current().version()) {
      take(await(reads.boards()).value());
    }
  }

  /** A board that comes back has another pulse. */
  private void take(Boards boards) {
    if (books.take(boards)) {
      for (Held held : pages.all()) {
        if (books.current().board(held.spec().listing().board()) == null) {
          pages.drop(held);
        }
      }
    }
  }

  /**
   * Answers whether a store told all versions, if it was time to ask: what was announced need not
   * wait for them.
   */
  private boolean checkVersions() throws InterruptedException {
    long now = clock.millis();
    if (now < nextCheck) {
      return true;
    }
    nextCheck = now + Jitter.spread(CHECK_EVERY_MS);
    List<ListingKey> keys = List.copyOf(followed());
    try {
      takeBoards();
      for (int i = 0; i < keys.size(); i += VERSIONS_AT_ONCE) {
        compare(keys.subList(i, Math.min(keys.size(), i + VERSIONS_AT_ONCE)));
      }
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("versions could not be compared", e);
      return false;
    }
  }

  private void compare(List<ListingKey> keys)
      throws InterruptedException, ExecutionException, TimeoutException {
    await(reads.epochs(keys))
        .value()
        .forEach(
            (key, epoch) -> {
              if (renewal.isOlder(key, epoch)) {
                listings.changed(key);
                feed.listingChanged(key, epoch);
              }
            });
  }

  private static <T> T await(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(WAIT.plus(DEADLINE).toMillis(), TimeUnit.MILLISECONDS);
  }

  private void recovered() {
    if (failures > 0) {
      failures = 0;
      LOG.info("announcements are followed again");
    }
  }

  private void failed(Exception failure) {
    feed.touch(false);
    String word = Failures.word(failure instanceof ExecutionException e ? cause(e) : failure);
    // After some failures in a row we only try now and then, as an open breaker does.
    heartbeats.failing("redis-" + (++failures >= FAILURES_TO_OPEN ? "open" : word));
    if (failures == 1) {
      LOG.warn("pages are served as held, announcements do not come: {}", failure.toString());
    }
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private static Throwable cause(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause == null
        ? new StoreException(StoreException.Kind.AWAY, failure.toString(), failure)
        : cause;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
