package io.podium.read.refresh;

import io.podium.guard.Coalescer;
import io.podium.read.hit.Held;
import io.podium.read.hit.Pages;
import io.podium.read.page.BoardView;
import io.podium.read.page.Encoding;
import io.podium.read.page.Page;
import io.podium.read.page.PageSpec;
import io.podium.store.StoreException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a page that is not held: once, however many ask at the same time, and only so many pages at
 * a time. {@link #load} is cheap and safe on event loops; the work is done on the workers.
 */
public final class PageLoader {
  /** A page, its place among the pages held, and where it was found. */
  public record Loaded(Page page, Held held, String tier) {
    /** A store had to be asked; otherwise what is held here was enough. */
    public boolean isFromStore() {
      return !tier.equals(Found.HELD) && !tier.equals(Found.HOT);
    }

    /** The same, with a page that has more codings. */
    public Loaded as(Page more) {
      return more == page ? this : new Loaded(more, held, tier);
    }
  }

  private static final int MOST_CODINGS = 4_096;

  /** One coding of one page that is being made; a page that took its place is another one. */
  private record Coding(Page page, Encoding encoding) {}

  private final PageMaker maker;
  private final Pages pages;
  private final Executor workers;
  private final int limit;
  private final ConcurrentMap<String, CompletableFuture<Optional<Loaded>>> loading =
      new ConcurrentHashMap<>();
  private final Coalescer<Coding, Page> codings = new Coalescer<>(MOST_CODINGS);
  private final AtomicLong loads = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * @param limit pages that may be loading at the same time
   */
  PageLoader(PageMaker maker, Pages pages, Executor workers, int limit) {
    this.maker = maker;
    this.pages = pages;
    this.workers = workers;
    this.limit = limit;
  }

  /**
   * The page; empty when its epoch is not kept any more.
   *
   * @param wanted codings that are made with it; whoever joins a load may find his missing, see
   *     {@link #coded}
   * @return fails with {@link StoreException}: BUSY when too many pages are being loaded, else when
   *     no store answers and no copy is held
   */
  public CompletableFuture<Optional<Loaded>> load(
      BoardView board, PageSpec spec, Set<Encoding> wanted) {
    return once(spec.text(), limit, mine -> start(board, spec, spec.text(), wanted, mine));
  }

  /**
   * A page that is held in one coding more, made once for all who ask; as it is when that cannot be
   * done now. Safe on event loops.
   */
  public CompletableFuture<Page> coded(Held held, Page page, Encoding coding) {
    return page.has(coding)
        ? CompletableFuture.completedFuture(page)
        : codings
            .load(
                new Coding(page, coding),
                () -> CompletableFuture.supplyAsync(() -> refined(held, page, coding), workers))
            .exceptionally(failure -> page);
  }

  private Page refined(Held held, Page page, Encoding coding) {
    Page more = page.with(coding);
    pages.refine(held, page, more);
    return more;
  }

  /**
   * For when no load may begin: the page of an earlier time, if it is kept here, which asks no
   * store. It is refreshed like every page that is read.
   *
   * @return fails with {@link StoreException} BUSY when there is none
   */
  public CompletableFuture<Optional<Loaded>> copyOf(BoardView board, PageSpec spec) {
    String text = spec.text();
    return once(
        text,
        2 * limit,
        mine -> {
          Loaded copy = maker.copy(board, spec, text);
          loading.remove(text, mine);
          if (copy == null) {
            mine.completeExceptionally(busy());
          } else {
            mine.complete(Optional.of(copy));
          }
        });
  }

  private CompletableFuture<Optional<Loaded>> once(
      String text, int most, Consumer<CompletableFuture<Optional<Loaded>>> work) {
    CompletableFuture<Optional<Loaded>> running = loading.get(text);
    if (running != null) {
      return running;
    }
    if (loading.size() >= most) {
      return CompletableFuture.failedFuture(busy());
    }
    CompletableFuture<Optional<Loaded>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<Loaded>> other = loading.putIfAbsent(text, mine);
    if (other != null) {
      return other;
    }
    try {
      workers.execute(() -> work.accept(mine));
    } catch (RejectedExecutionException e) {
      loading.remove(text, mine);
      mine.completeExceptionally(busy());
    }
    return mine;
  }

  /** The load of the page of this {@link PageSpec#text} that runs already; null when none does. */
  public @Nullable CompletableFuture<Optional<Loaded>> running(String text) {
    return loading.get(text);
  }

  private StoreException busy() {
    refused.incrementAndGet();
    return new StoreException(StoreException.Kind.BUSY, "too many pages are being loaded", null);
  }

  private void start(
      BoardView board,
      PageSpec spec,
      String text,
      Set<Encoding> wanted,
      CompletableFuture<Optional<Loaded>> mine) {
    loads.incrementAndGet();
    var unused =
        maker
            .make(board, spec, text, wanted)
            .thenApply(loaded -> loaded.map(l -> l.as(refined(l, wanted))))
            .whenComplete(
                (loaded, failure) -> {
                  loading.remove(text, mine);
                  if (failure == null) {
                    mine.complete(loaded);
                  } else {
                    mine.completeExceptionally(Failures.cause(failure));
                  }
                });
  }

  private Page refined(Loaded loaded, Set<Encoding> wanted) {
    Page page = loaded.page();
    for (Encoding coding : wanted) {
      page = page.has(coding) ? page : refined(loaded.held(), page, coding);
    }
    return page;
  }

  /** Pages being loaded at this moment. */
  public int inFlight() {
    return loading.size();
  }

  /** Loads since the start, each for however many asked. */
  public long loads() {
    return loads.get();
  }

  /** Loads that were refused because there were too many at a time. */
  public long refused() {
    return refused.get();
  }
}
