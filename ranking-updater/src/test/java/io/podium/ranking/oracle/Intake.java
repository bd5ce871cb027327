package io.podium.ranking.oracle;

import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.Score;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is accepted as events arrive, and what time it is. Remembers for ever.
 *
 * <p>Never answers WAITING: whether an event counts yet is the view's to say.
 */
public final class Intake {
  private static final Duration SLACK = Duration.ofHours(1);

  private final List<Board> boards;
  private final Duration maxAhead;
  private final List<SalesEvent> accepted = new ArrayList<>();
  private final Map<List<String>, Long> seen = new HashMap<>();
  private List<Rule> rules = List.of();
  private @Nullable Instant wall;
  private @Nullable Instant greatest;
  private long conflicts;

  public Intake(List<Board> boards, Duration maxAhead) {
    this.boards = List.copyOf(boards);
    this.maxAhead = maxAhead;
  }

  public void advance(long wallMillis) {
    Instant now = Instant.ofEpochMilli(wallMillis);
    wall = wall == null || now.isAfter(wall) ? now : wall;
  }

  public void rules(Collection<Rule> all) {
    rules = List.copyOf(all);
  }

  public Outcome apply(SalesEvent event, long receivedAtMillis) {
    SalesEvent.Meta meta = event.meta();
    if (meta.time().isAfter(Instant.ofEpochMilli(receivedAtMillis).plus(maxAhead))) {
      return Outcome.REJECTED;
    }
    List<String> key = List.of(meta.source(), meta.id());
    Long first = seen.get(key);
    if (first != null) {
      conflicts += first == meta.contentHash() ? 0 : 1;
      return Outcome.DUPLICATE;
    }
    if (isLate(event)) {
      return Outcome.LATE;
    }
    seen.put(key, meta.contentHash());
    passed(event);
    boolean repeatsOrder = event instanceof OrderPlaced placed && hasOrder(placed.orderId());
    accepted.add(event);
    if (repeatsOrder) {
      return Outcome.DUPLICATE;
    }
    return event instanceof Signal && !isWeighed(meta.type()) ? Outcome.IGNORED : Outcome.APPLIED;
  }

  /** T passes the time of the event; also of one that there is no room for yet: it will be back. */
  public void passed(SalesEvent event) {
    Instant time = event.meta().time();
    if (!(event instanceof CardChange) && (greatest == null || time.isAfter(greatest))) {
      greatest = time;
    }
  }

  private boolean isLate(SalesEvent event) {
    if (event instanceof CardChange) {
      return false;
    }
    Instant time = event.meta().time();
    if (event instanceof OrderCancelled cancelled && cancelled.orderId() != null) {
      if (hasOrder(cancelled.orderId())) {
        return false;
      }
      time = time.plus(SLACK);
    }
    for (Board board : boards) {
      Instant t = streamTime(board);
      if (t == null || !time.isBefore(Past.start(board, t))) {
        return false;
      }
    }
    return true;
  }

  private boolean hasOrder(String orderId) {
    return accepted.stream()
        .anyMatch(e -> e instanceof OrderPlaced placed && placed.orderId().equals(orderId));
  }

  private boolean isWeighed(String type) {
    return boards.stream()
        .anyMatch(
            b -> b.score() instanceof Score.Weights weights && weights.byType().containsKey(type));
  }

  /** T; null before the first event of an event-clock board. */
  public @Nullable Instant streamTime(Board board) {
    return board.eventClock() ? greatest : wall;
  }

  /** The board now; null before it has a T. */
  public @Nullable View view(Board board) {
    Instant t = streamTime(board);
    return t == null ? null : new View(board, accepted, rules, t);
  }

  /** Every event that may count, in the order of arrival. */
  public List<SalesEvent> accepted() {
    return accepted;
  }

  public long conflicts() {
    return conflicts;
  }
}
