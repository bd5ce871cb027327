package io.podium.ranking.verify;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.ListingHash;
import io.podium.ranking.run.Composer;
import io.podium.ranking.stream.Await;
import io.podium.store.ListingStore;
import io.podium.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the history of listings: each epoch's hash must be that of its content, each chain that
 * of the epoch before, and both stores must tell the same.
 */
final class Chains {
  private static final int PAGE = 500;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final @Nullable ListingStore cache;
  private final @Nullable ListingStore mongo;
  private final List<String> differences;
  private long epochs;
  private long links;
  private long unproven;

  /**
   * @param cache null: away; so is mongo
   */
  Chains(@Nullable ListingStore cache, @Nullable ListingStore mongo, List<String> differences) {
    this.cache = cache;
    this.mongo = mongo;
    this.differences = differences;
  }

  void follow(Board board, ListingKey key) {
    NavigableMap<Long, Listing> inCache = history("redis", cache, key);
    NavigableMap<Long, Listing> inMongo = history("mongo", mongo, key);
    inCache.forEach(
        (epoch, listing) -> {
          Listing other = inMongo.get(epoch);
          if (other != null && !other.equals(listing)) {
            tell(key, epoch, "Redis and Mongo differ");
          }
        });
    TreeMap<Long, Listing> all = new TreeMap<>(inMongo);
    all.putAll(inCache);
    @Nullable Listing before = null;
    for (Map.Entry<Long, Listing> e : all.entrySet()) {
      Listing listing = e.getValue();
      checkHash(board, listing);
      if (before != null) {
        // Redis has every epoch since the first that it has; Mongo may have left some out.
        boolean neighbours = inCache.containsKey(before.epoch());
        checkLink(before, listing, neighbours);
      }
      before = listing;
    }
  }

  private void checkHash(Board board, Listing l) {
    epochs++;
    if (l.shows() != null) {
      return;
    }
    Instant at = floor(l.asOf(), board.step());
    String hash = new ListingHash(board).of(l.key().slice(), at, Content.organic(l));
    if (!hash.equals(l.hash())) {
      tell(l.key(), l.epoch(), "its content does not have its hash");
    }
  }

  private static Instant floor(Instant t, Duration step) {
    long seconds = step.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(t.getEpochSecond(), seconds) * seconds);
  }

  private void checkLink(Listing before, Listing after, boolean neighbours) {
    String chain = Composer.chain(before.chain(), after.epoch(), after.hash());
    if (chain.equals(after.chain())) {
      links++;
    } else if (neighbours) {
      tell(
          after.key(),
          after.epoch(),
          "the chain from epoch " + before.epoch() + " is broken: one of the two was changed");
    } else {
      unproven++;
    }
  }

  private void tell(ListingKey key, long epoch, String what) {
    differences.add(Verification.name(key) + ", epoch " + epoch + ": " + what);
  }

  private NavigableMap<Long, Listing> history(
      String name, @Nullable ListingStore store, ListingKey key) {
    NavigableMap<Long, Listing> all = new TreeMap<>();
    if (store == null) {
      return all;
    }
    try {
      read(store, key, PAGE, all);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.CORRUPT) {
        throw e;
      }
      readUpToDamage(name, store, key, all);
    }
    return all;
  }

  /** One by one: of a page with a damaged epoch nothing is answered. */
  private void readUpToDamage(
      String name, ListingStore store, ListingKey key, NavigableMap<Long, Listing> all) {
    try {
      read(store, key, 1, all);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.CORRUPT) {
        throw e;
      }
      String last = all.isEmpty() ? "the first epoch" : "the one after epoch " + all.lastKey();
      differences.add(
          "%s, history in %s: %s is damaged: %s"
              .formatted(Verification.name(key), name, last, e.getMessage()));
    }
  }

  /** Reads on after the last epoch in {@code all}. */
  private static void read(
      ListingStore store, ListingKey key, int page, NavigableMap<Long, Listing> all) {
    List<Listing> found;
    do {
      long after = all.isEmpty() ? 0 : all.lastKey();
      found = Await.on(store.history(key, after, page), DEADLINE);
      found.forEach(l -> all.put(l.epoch(), l));
    } while (!found.isEmpty());
  }

  long epochs() {
    return epochs;
  }

  long links() {
    return links;
  }

  long unproven() {
    return unproven;
  }
}
