package io.podium.ranking.run;

import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.ranking.stream.Await;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import io.podium.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes the document that tells readers what boards there are. Publisher's thread only. */
final class BoardsPublication {
  private final ListingStore cache;
  private final TrailingStore trailing;
  private final Clock clock;
  private final Duration deadline;
  private @Nullable Boards standing;
  private List<BoardInfo> known = List.of();

  BoardsPublication(ListingStore cache, TrailingStore trailing, Clock clock, Duration deadline) {
    this.cache = cache;
    this.trailing = trailing;
    this.clock = clock;
    this.deadline = deadline;
  }

  /** The stores are to be asked again. */
  void forget() {
    standing = null;
  }

  /** What readers know of the boards now. */
  List<BoardInfo> standing() {
    before();
    return known;
  }

  private Boards before() {
    Boards before = standing == null ? read() : standing;
    standing = before;
    return before;
  }

  /** The version that stands. */
  long version() {
    return standing == null ? 0 : standing.version();
  }

  /**
   * STORED also when the same document stands already.
   *
   * @param always write it all the same: the store is to see the token
   */
  PublishResult publish(List<BoardInfo> infos, long token, boolean always) {
    Boards before = before();
    if (!always && before.version() > 0 && before.boards().equals(infos)) {
      trailing.offer(before);
      return PublishResult.STORED;
    }
    Boards next = new Boards(Math.max(before.version() + 1, clock.millis()), infos);
    PublishResult result = Await.on(cache.publishBoards(next, token), deadline);
    if (result == PublishResult.STORED) {
      standing = next;
      trailing.offer(next);
    } else {
      standing = null;
    }
    return result;
  }

  private Boards read() {
    Boards cached = Await.on(cache.boards(), deadline);
    known = cached.boards();
    try {
      Boards behind = Await.on(trailing.store().boards(), deadline);
      if (behind.version() > cached.version()) {
        known = behind.boards();
      }
      // The same document in Mongo only: the cache was emptied and needs a newer version of it.
      return behind.version() > cached.version() ? new Boards(behind.version(), List.of()) : cached;
    } catch (StoreException e) {
      return cached;
    }
  }
}
