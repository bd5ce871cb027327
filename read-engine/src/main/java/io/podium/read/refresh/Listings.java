package io.podium.read.refresh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.podium.guard.Coalescer;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The newest listings that are read; bounded by entries. Not for event loops. */
public final class Listings {
  private static final int MOST_LOADS = 4_096;
  private static final int MOST_KEPT = 1 << 16;
  private static final int LOCKS = 64;

  private final StoreReads reads;
  private final StoreReads refreshes;
  private final Warm warm;
  private final ChangeClock clock;
  private final Cache<ListingKey, Listing> held;

  /** Epochs that this process has kept in the hot tier, to which nobody else writes. */
  private final Cache<ListingKey, Long> kept;

  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  /**
   * @param change the last one of the listing
   */
  private record Asked(ListingKey key, long change) {}

  private final Coalescer<Asked, Found<Listing>> loads = new Coalescer<>(MOST_LOADS);

  /**
   * @param reads for those who wait for an answer
   * @param refreshes for {@link #atLeast}
   */
  Listings(
      StoreReads reads,
      StoreReads refreshes,
      Warm warm,
      ChangeClock clock,
      long entries,
      Executor workers) {
    this.reads = reads;
    this.refreshes = refreshes;
    this.warm = warm;
    this.clock = clock;
    this.held =
        Caffeine.newBuilder()
            .maximumWeight(entries)
            .weigher((ListingKey key, Listing l) -> 2 + l.entries().size() + l.omitted().size())
            .executor(workers)
            .build();
    this.kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).executor(workers).build();
  }

  /**
   * The newest listing: held, else from the stores, else while they are away the copy of an earlier
   * time. A known slice without a listing gives an empty one of epoch 0.
   */
  public CompletableFuture<Found<Listing>> find(ListingKey key) {
    Listing listing = held.getIfPresent(key);
    if (listing != null) {
      return CompletableFuture.completedFuture(new Found<>(listing, Found.HELD));
    }
    // Whoever asks after a change does not join a load that began before it.
    Asked asked = new Asked(key, clock.lastChange(key));
    return loads.load(asked, () -> load(key)).exceptionally(failure -> copy(key, failure));
  }

  private Found<Listing> copy(ListingKey key, Throwable failure) {
    Listing copy = warm.listing(key);
    if (copy == null) {
      throw Failures.as(failure);
    }
    return new Found<>(copy, Found.HOT);
  }

  /** Held, if it is of this epoch or a later one; else from the stores. */
  CompletableFuture<Found<Listing>> atLeast(ListingKey key, long epoch) {
    Listing listing = held.getIfPresent(key);
    return listing != null && listing.epoch() >= epoch
        ? CompletableFuture.completedFuture(new Found<>(listing, Found.HELD))
        : load(key, refreshes);
  }

  /** Reads from the stores, whatever is held; an older epoch never takes a newer one's place. */
  public CompletableFuture<Found<Listing>> load(ListingKey key) {
    return load(key, reads);
  }

  private CompletableFuture<Found<Listing>> load(ListingKey key, StoreReads from) {
    long began = clock.now();
    Listing known = held.getIfPresent(key);
    return from.listing(key, known == null || known.epoch() == 0 ? null : known)
        .thenApply(
            found -> {
              Listing listing = newest(found.value().orElseGet(() -> none(key)), key);
              if (!clock.mayHaveChangedSince(began, key)) {
                listing = held.asMap().merge(key, listing, Listings::newer);
                dropIfChanged(key, listing, began);
              }
              return new Found<>(listing, found.tier());
            });
  }

  /** It changed meanwhile: what was put may have come after what was dropped. */
  private void dropIfChanged(ListingKey key, Listing put, long began) {
    if (clock.mayHaveChangedSince(began, key)) {
      held.asMap().remove(key, put);
    }
  }

  /** The one of the later epoch; of two equal ones the second. */
  public static Listing newer(Listing before, Listing read) {
    return before.epoch() > read.epoch() ? before : read;
  }

  /** One at a time of a key: of two that come together the older one must not be kept last. */
  private Listing newest(Listing read, ListingKey key) {
    synchronized (locks[key.hashCode() & LOCKS - 1]) {
      return newestOf(read, key);
    }
  }

  private Listing newestOf(Listing read, ListingKey key) {
    Listing copy = isNewer(read, kept.getIfPresent(key)) ? null : warm.listing(key);
    if (copy != null && copy.epoch() >= read.epoch()) {
      return copy.epoch() == read.epoch() ? read : copy;
    }
    if (read.epoch() > 0) {
      warm.keep(read);
      kept.put(key, read.epoch());
    }
    return read;
  }

  private static boolean isNewer(Listing read, @Nullable Long epoch) {
    return epoch != null && epoch < read.epoch();
  }

  /** Exactly this epoch: held, else from history; empty when that does not reach back to it. */
  public CompletableFuture<Found<Optional<Listing>>> epoch(ListingKey key, long epoch) {
    Listing listing = held.getIfPresent(key);
    if (listing != null && listing.epoch() == epoch) {
      return CompletableFuture.completedFuture(new Found<>(Optional.of(listing), Found.HELD));
    }
    return reads.epoch(key, epoch).exceptionally(failure -> copy(key, epoch, failure));
  }

  private Found<Optional<Listing>> copy(ListingKey key, long epoch, Throwable failure) {
    Listing copy = warm.listing(key);
    if (copy == null || copy.epoch() != epoch) {
      throw Failures.as(failure);
    }
    return new Found<>(Optional.of(copy), Found.HOT);
  }

  /** Epochs after {@code after}, oldest first. */
  public CompletableFuture<List<Listing>> history(ListingKey key, long after, int limit) {
    return reads.history(key, after, limit).thenApply(Found::value);
  }

  private static Listing none(ListingKey key) {
    return new Listing(key, 0, 0, Instant.EPOCH, "", "", null, 0, List.of(), List.of());
  }

  /** Null when it is not held; safe on event loops. */
  public @Nullable Listing held(ListingKey key) {
    return held.getIfPresent(key);
  }

  /** All that is held now. */
  public Collection<Listing> all() {
    return new ArrayList<>(held.asMap().values());
  }

  /** It changed: what is held, or being loaded, is not the newest any more. */
  void changed(ListingKey key) {
    clock.changed(key);
  }

  void forget(ListingKey key) {
    held.invalidate(key);
  }

  /** Any of them may have changed. */
  void forgetAll() {
    clock.allChanged();
    held.invalidateAll();
  }

  public long count() {
    return held.estimatedSize();
  }
}
