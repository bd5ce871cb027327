package io.podium.read.refresh;

import io.podium.announce.AnnouncementLog;
import io.podium.read.hit.HotPages;
import io.podium.read.hit.Meaning;
import io.podium.read.hit.Pages;
import io.podium.read.page.PageEncoder;
import io.vertx.core.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Everything behind the hit path, put together. Construction does no I/O. */
public final class Refresh implements AutoCloseable {
  /**
   * @param pageBytes of ready pages on the heap at most
   * @param idle a page not asked for this long is dropped from the heap
   * @param listingEntries of listings on the heap at most
   * @param cards on the heap at most
   * @param loads pages being loaded at a time at most
   * @param workers threads that encode
   */
  public record Limits(
      long pageBytes, Duration idle, long listingEntries, int cards, int loads, int workers) {}

  private static final int WAITING = 10_000;

  private final ThreadPoolExecutor workers;
  private final Books books;
  private final Pages pages;
  private final Listings listings;
  private final Cards cards;
  private final PageMaker maker;
  private final PageLoader loader;
  private final Refresher refresher;
  private final Feed feed = new Feed(System::nanoTime);
  private final StoreReads reads;
  private final StoreReads refreshes;
  private final Warm warm;
  private final ChangeClock changes = new ChangeClock();

  /**
   * @param reads for pages that somebody waits for
   * @param refreshes for what is held
   */
  public Refresh(
      AnnouncementLog log,
      StoreReads.From reads,
      StoreReads.From refreshes,
      Warm warm,
      PageEncoder encoder,
      Follower follower,
      Limits limits,
      Clock clock) {
    this.workers = workers(limits.workers());
    this.reads = new StoreReads(reads, workers);
    this.refreshes = new StoreReads(refreshes, workers);
    this.warm = warm;
    this.books = new Books(warm);
    // The workers' queue may be long, or full.
    this.pages = new Pages(limits.pageBytes(), limits.idle(), ForkJoinPool.commonPool());
    this.listings =
        new Listings(this.reads, this.refreshes, warm, changes, limits.listingEntries(), workers);
    this.cards = new Cards(this.reads, this.refreshes, warm, changes, limits.cards(), workers);
    this.maker =
        new PageMaker(books, listings, cards, warm, pages, encoder, changes, feed, workers, clock);
    this.loader = new PageLoader(maker, pages, workers, limits.loads());
    Renewal renewal = new Renewal(books, listings, cards, pages, maker, feed, follower, clock);
    this.refresher =
        new Refresher(
            log,
            books,
            listings,
            cards,
            pages,
            this.refreshes,
            feed,
            renewal,
            new Heartbeats(books),
            follower,
            clock);
  }

  /** Nothing waits for a priority to be right, and it changes only who goes first. */
  @SuppressWarnings("ThreadPriorityCheck")
  private static ThreadPoolExecutor workers(int count) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "podium-worker");
              thread.setDaemon(true);
              // In an overload they would take the processor from those who turn it away.
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            });
    // A continuation that is thrown away would leave its page loading for ever.
    pool.setRejectedExecutionHandler(
        (work, executor) -> {
          if (Context.isOnEventLoopThread() || executor.isShutdown()) {
            throw new RejectedExecutionException("workers are busy");
          }
          work.run();
        });
    return pool;
  }

  /** Takes up what an earlier run has kept. */
  public void open() {
    books.open();
  }

  /** Follows the announcements, in the background. */
  public void follow() {
    refresher.start();
  }

  /** Tells the hot tier what is in use on the heap: now and then, off the event loops. */
  public void tellUse() {
    try {
      warm.use(pages);
    } finally {
      books.keepAgain();
    }
  }

  /** Bounded; refuses work from event loops when its queue is full. */
  public Executor workers() {
    return workers;
  }

  public Books books() {
    return books;
  }

  public Pages pages() {
    return pages;
  }

  public Listings listings() {
    return listings;
  }

  /** For pages that are read straight from the hot tier. */
  public HotPages.Changes changes() {
    return new HotPages.Changes() {
      @Override
      public long run() {
        return maker.run();
      }

      @Override
      public long era() {
        return feed.era();
      }

      @Override
      public boolean isInTouch() {
        return feed.isInTouch();
      }

      @Override
      public boolean changedSince(long moment, int name) {
        return changes.changedSince(moment, name);
      }

      @Override
      public void promote(Meaning meaning) {
        maker.promote(meaning.spec(), meaning.text());
      }
    };
  }

  public PageLoader loader() {
    return loader;
  }

  public Feed feed() {
    return feed;
  }

  /** Reads of stores that needed more than the first one. */
  public long fallbacks() {
    return reads.fallbacks() + refreshes.fallbacks();
  }

  /** Values of the hot tier that were whole, but could not be read. */
  public long unreadable() {
    return warm.unreadable();
  }

  public ProductCards cards() {
    return cards;
  }

  public long cardCount() {
    return cards.count();
  }

  @Override
  public void close() {
    refresher.close();
    workers.shutdownNow();
    try {
      // What is being written to the hot tier is written before that is closed.
      boolean unused = workers.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
