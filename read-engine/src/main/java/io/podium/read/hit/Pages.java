package io.podium.read.hit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.podium.listing.ListingKey;
import io.podium.read.page.Page;
import io.podium.read.page.PageSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The pages that are being read, ready to send; bounded by bytes, dropped when they are not read
 * for a while. Found by key, by listing, and by the products they show. Safe from any thread; only
 * {@link #find} is for event loops.
 */
public final class Pages {
  private final Cache<String, Held> byText;
  private final ConcurrentMap<ListingKey, Set<Held>> byListing = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Set<Held>> byProduct = new ConcurrentHashMap<>();

  /**
   * @param bytes of pages at most, roughly
   * @param idle a page not asked for this long is dropped
   * @param cleaner runs the policy's upkeep, off the event loops. Where work waits long, a page
   *     that was evicted goes on being served where it was found before, and nobody renews it;
   *     where work is run by whoever brings it, that holds the cache's lock and waits for ours
   */
  public Pages(long bytes, Duration idle, Executor cleaner) {
    this.byText =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((String text, Held held) -> weight(held))
            .expireAfter(new Idle(idle.toNanos()))
            .executor(cleaner)
            .removalListener(this::removed)
            .build();
  }

  /** To be encoded again is not to be read: a page that nobody asks for ends all the same. */
  private record Idle(long nanos) implements Expiry<String, Held> {
    @Override
    public long expireAfterCreate(String text, Held held, long now) {
      return nanos;
    }

    @Override
    public long expireAfterUpdate(String text, Held held, long now, long left) {
      return left;
    }

    @Override
    public long expireAfterRead(String text, Held held, long now, long left) {
      return nanos;
    }
  }

  private static int weight(Held held) {
    Page page = held.page();
    return page == null ? 1024 : page.weight();
  }

  /** The place of a page; null when it is not held. */
  public @Nullable Held find(String text) {
    return byText.getIfPresent(text);
  }

  /** Puts a page in its place, unless one of a newer epoch is there. */
  public synchronized Held put(PageSpec spec, Page page, Pulse pulse, long era) {
    Held held = byText.policy().getIfPresentQuietly(page.text());
    if (held != null && !held.beatsWith(pulse)) {
      drop(held);
      held = null;
    }
    Page old = held == null ? null : held.page();
    if (held == null || old == null) {
      held = new Held(spec, page.text(), pulse);
      byListing
          .computeIfAbsent(page.head().listing(), k -> ConcurrentHashMap.newKeySet())
          .add(held);
      link(held, page.products());
    } else if (old.epoch() > page.epoch()) {
      return held;
    } else if (!old.products().equals(page.products())) {
      unlink(held, old.products());
      link(held, page.products());
    }
    held.set(page, era);
    byText.put(page.text(), held);
    return held;
  }

  private void link(Held held, List<String> products) {
    for (String product : products) {
      byProduct.computeIfAbsent(product, k -> ConcurrentHashMap.newKeySet()).add(held);
    }
  }

  /** Puts the same page with one coding more in its place, unless another one is there by now. */
  public synchronized void refine(Held held, Page page, Page more) {
    if (held.page() == page) {
      held.refine(more);
      byText.put(held.text(), held); // it weighs more
    }
  }

  /** Takes a page away: it is not true any more and cannot be made again in place. */
  public void drop(Held held) {
    if (byText.asMap().remove(held.text(), held)) {
      remove(held);
    }
  }

  public Collection<Held> all() {
    return byText.asMap().values();
  }

  private void removed(@Nullable String text, @Nullable Held held, RemovalCause cause) {
    if (held != null && cause != RemovalCause.REPLACED) {
      remove(held);
    }
  }

  private synchronized void remove(Held held) {
    Page page = held.page();
    if (page != null && byText.asMap().get(held.text()) != held) {
      held.drop();
      unlink(held, page.products());
      remove(byListing, page.head().listing(), held);
    }
  }

  private void unlink(Held held, List<String> products) {
    for (String product : products) {
      remove(byProduct, product, held);
    }
  }

  private static <K> void remove(ConcurrentMap<K, Set<Held>> index, K key, Held held) {
    index.computeIfPresent(
        key,
        (k, set) -> {
          set.remove(held);
          return set.isEmpty() ? null : set;
        });
  }

  public Collection<Held> of(ListingKey listing) {
    return byListing.getOrDefault(listing, Set.of());
  }

  public Collection<Held> showing(String productId) {
    return byProduct.getOrDefault(productId, Set.of());
  }

  /** Every listing of which a page is held. */
  public Set<ListingKey> listings() {
    return byListing.keySet();
  }

  /** Every product that a page shows. */
  public Set<String> products() {
    return byProduct.keySet();
  }

  public long count() {
    return byText.estimatedSize();
  }

  public long bytes() {
    return byText.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
  }
}
