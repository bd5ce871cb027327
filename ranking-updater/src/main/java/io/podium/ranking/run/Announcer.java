package io.podium.ranking.run;

import io.podium.announce.Announcement;
import io.podium.announce.AnnouncementLog;
import io.podium.listing.ListingKey;
import io.podium.ranking.stream.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells readers what was published: keys and versions, never the data. What a failure left untold
 * is told first the next time. Publisher's thread only.
 */
final class Announcer {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final AnnouncementLog log;
  private final Lease lease;
  private final Clock clock;
  private final Duration deadline;
  private final Map<ListingKey, Long> owed = new LinkedHashMap<>();
  private final Map<String, Instant> toldCurrent = new HashMap<>();

  Announcer(AnnouncementLog log, Lease lease, Clock clock, Duration deadline) {
    this.log = log;
    this.lease = lease;
    this.clock = clock;
    this.deadline = deadline;
  }

  /** The epoch stands in the store, and is to be told. */
  void owe(ListingKey key, long epoch) {
    owed.put(key, epoch);
  }

  boolean owesNothing() {
    return owed.isEmpty();
  }

  void forget() {
    owed.clear();
  }

  /** Tells all that is owed, if this updater is still active; answers which listings it told. */
  Set<ListingKey> tellOwed() {
    if (owed.isEmpty() || lease.token().isEmpty()) {
      return Set.of();
    }
    List<Announcement> changed = new ArrayList<>(owed.size());
    owed.forEach((key, epoch) -> changed.add(new Announcement.ListingChanged(key, epoch)));
    append(changed);
    Set<ListingKey> told = Set.copyOf(owed.keySet());
    owed.clear();
    return told;
  }

  void tellBoards(long version) {
    append(List.of(new Announcement.BoardsChanged(version)));
  }

  /** Until these stream times the boards are complete; at most once a second each. */
  void tellCurrent(Map<String, Instant> current) {
    Instant now = clock.instant();
    List<Announcement> due = new ArrayList<>();
    current.forEach(
        (board, asOf) -> {
          Instant last = toldCurrent.get(board);
          if (last == null || !now.isBefore(last.plus(HEARTBEAT))) {
            due.add(new Announcement.BoardCurrent(board, asOf));
          }
        });
    if (!due.isEmpty() && lease.token().isPresent()) {
      append(due);
      current.keySet().forEach(board -> toldCurrent.put(board, now));
    }
  }

  private void append(List<Announcement> all) {
    Await.on(log.append(all), deadline);
  }
}
