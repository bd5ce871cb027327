package io.podium.ranking.run;

import io.podium.codec.KeyText;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.Ranked.Displayed;
import io.podium.ranking.core.Ranked.Organic;
import io.podium.ranking.rules.Hold;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.RuleLog.Change;
import io.podium.ranking.stream.RuleLog.Kind;
import io.podium.store.StoreException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what is held in the place of what was ranked, and holds by itself what a board's guard
 * objects to. What was released passes its guard once. Publisher's thread only; {@link #held} from
 * any.
 */
public final class Holding {
  private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

  private final RuleBook book;
  private final Map<String, Board> boards = new HashMap<>();
  private Map<ListingKey, Hold> seen = Map.of();
  private final Set<ListingKey> released = new HashSet<>();

  public Holding(RuleBook book, List<Board> boards) {
    this.book = book;
    boards.forEach(b -> this.boards.put(b.name(), b));
  }

  /** Listings that are held now. */
  int held() {
    return book.holds().size();
  }

  /**
   * What is to be shown.
   *
   * @param newest what readers have
   */
  Ranked shown(Ranked ranked, Optional<Listing> newest) {
    look();
    ListingKey key = ranked.key();
    Hold hold = seen.get(key);
    if (hold != null) {
      return ranked(hold.listing());
    }
    Board board = boards.get(key.board());
    if (board == null || newest.isEmpty() || released.contains(key)) {
      return ranked;
    }
    Optional<String> objection = PublishGuard.objection(board, newest.get(), ranked);
    if (objection.isEmpty()) {
      return ranked;
    }
    hold(newest.get(), objection.get());
    return ranked(newest.get());
  }

  /** It is published: its guard looks at what comes next. */
  void published(ListingKey key) {
    released.remove(key);
  }

  private void look() {
    Map<ListingKey, Hold> now = book.holds();
    if (now != seen) {
      seen.keySet().stream().filter(key -> !now.containsKey(key)).forEach(released::add);
      released.removeAll(now.keySet());
      seen = now;
    }
  }

  /** Held for every updater, before anything else of it is published. */
  private void hold(Listing newest, String objection) {
    String subject = KeyText.write(newest.key());
    String json = Hold.json(newest);
    book.<StoreException>change(
        state -> {
          Hold other = state.holds().get(newest.key());
          String before = other == null ? null : Hold.json(other.listing());
          return new Change(EntryId.START, Kind.HOLD, subject, before, json, Hold.GUARD, objection);
        });
    LOG.warn(
        "{} is held at epoch {}: {}; release it or roll back", subject, newest.epoch(), objection);
    look();
  }

  /** A listing as if it had just been ranked; what was organic is not kept, only that it was. */
  static Ranked ranked(Listing l) {
    List<Displayed> displayed =
        l.entries().stream()
            .map(
                (Entry e) ->
                    new Displayed(
                        e.productId(), e.score(), e.organicRank(), e.promoted(), e.buried()))
            .toList();
    List<Organic> organic =
        l.entries().stream().map(e -> new Organic(e.productId(), e.score())).toList();
    return new Ranked(
        l.key(),
        l.asOf(),
        l.asOf(),
        l.hash(),
        l.shows(),
        l.scoreShift(),
        organic,
        displayed,
        l.omitted());
  }
}
