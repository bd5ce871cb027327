package io.podium.ranking.core;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.event.SalesEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Events in, exact rankings out. A listing is a function of the board's definition, the set of
 * events and T: not of their order, of repeats, or of restarts. Knows no wall clock and does no
 * I/O: times are passed in. Not thread-safe: one thread owns it.
 */
public final class RankingCore implements AutoCloseable {
  /** How many events {@link #prepare} reads ahead. */
  public static final int MOST_PREPARED = Batch.MOST;

  private final CoreState state;
  private final Intake intake;
  private List<String> rebuilt = List.of();

  public RankingCore(List<Board> boards, CoreLimits limits) {
    this(boards, limits, Share.WHOLE);
  }

  /** One of several cores that hold disjoint products; see {@link PartialMerge}. */
  public RankingCore(List<Board> boards, CoreLimits limits, Share share) {
    this(new CoreState(boards, limits, share, null));
  }

  private RankingCore(CoreState state) {
    this.state = state;
    this.intake = new Intake(state);
  }

  /**
   * A core that stands at {@code t} for every board, whatever its clock: for listings of the past.
   * What is later than {@code t} never counts, except cancellations that name an order.
   */
  public static RankingCore at(List<Board> boards, CoreLimits limits, Instant t) {
    return new RankingCore(new CoreState(boards, limits, Share.WHOLE, t));
  }

  /**
   * Takes one event in. Never throws on a decoded event.
   *
   * @param receivedAtMillis when it was received; events further ahead of that than allowed are
   *     rejected, the same at every replay
   */
  public Outcome apply(SalesEvent event, long receivedAtMillis) {
    return intake.apply(event, receivedAtMillis);
  }

  /**
   * Tells the events that are applied next, in that order: as many as {@link #MOST_PREPARED} at a
   * time are of use. Changes nothing but speed.
   */
  public void prepare(List<? extends SalesEvent> coming) {
    intake.prepare(coming);
  }

  /** Moves T of wall-clock boards; an earlier time than before changes nothing. */
  public void advance(long wallMillis) {
    intake.advance(state.wall, Nanos.ofMillis(wallMillis));
  }

  /**
   * Moves T of event-clock boards as an event of that time would: for cores that see only a part of
   * the events.
   */
  public void advanceStreamTime(Instant time) {
    intake.advance(state.stream, Nanos.of(time));
  }

  /** Replaces the whole set of rules. */
  public void rules(Collection<Rule> rules) {
    List<Rule> all = List.copyOf(rules);
    state.boards.values().forEach(b -> b.rules(all));
  }

  /** T; null while it is not known: before the first event, or the first {@link #advance}. */
  public @Nullable Instant streamTime(String board) {
    return board(board).t();
  }

  /**
   * The listings whose content (organic, displayed, omitted, shows) differs from what was last
   * returned, in a fixed order; one that became empty is among them once. Only what was touched
   * since the last call is ranked.
   */
  public List<Ranked> rankChanged(String board) {
    return board(board).rankChanged(Integer.MAX_VALUE);
  }

  /**
   * As {@link #rankChanged(String)}, in parts, each as of its own T: a ranking looks at the
   * listings that were touched when it began, in this call at most at so many. The next call goes
   * on while {@link #isAmidRanking}, and then begins another. Boards with a guard, or with more
   * values than are listed, are ranked at once.
   *
   * @param most listings, at least 1
   */
  public List<Ranked> rankChanged(String board, int most) {
    return board(board).rankChanged(most);
  }

  /** Whether the board's ranking that was begun has listings left to look at. */
  public boolean isAmidRanking(String board) {
    return board(board).isAmidRanking();
  }

  /** Makes {@link #rankChanged} return every listing that is not empty once more. */
  public void forgetReturned(String board) {
    board(board).forgetReturned();
  }

  /** The listing at T, also when it is empty. */
  public Ranked rank(ListingKey key) {
    return board(key.board()).rank(key.slice());
  }

  /**
   * As {@link #rank(ListingKey)}, to be published before its turn: counts as returned by {@link
   * #rankChanged(String)}.
   */
  public Ranked rankAhead(ListingKey key) {
    return board(key.board()).rankAsReturned(key.slice());
  }

  /**
   * Why the product stands where it does in the listing, or why it does not. Made when asked, in
   * one pass over all remembered orders.
   */
  public Evidence evidence(ListingKey key, String productId) {
    return Inquiry.of(board(key.board()), state.stores, key.slice(), productId);
  }

  /**
   * Listings at T, to be published: they count as returned by {@link #rankChanged(String)}. With
   * the evidence of every product that is displayed, ranked or ruled there; one pass over all
   * remembered orders, however many listings. It needs up to 64 bytes of heap for each distinct
   * buyer of each product meanwhile.
   */
  public List<Ranked> evidence(String board, Collection<Slice> slices) {
    return Inquiry.of(board(board), state.stores, slices);
  }

  /** The listing at T as it would be with these rules in place of those that are set. */
  public Ranked rank(ListingKey key, Collection<Rule> rules) {
    return board(key.board()).rank(key.slice(), List.copyOf(rules));
  }

  /** Every listing that is not empty: by cut as defined, then by values. */
  public List<ListingKey> listings(String board) {
    return board(board).listings();
  }

  /** The known values per dimension, ascending by code point, at most {@code maxValues} each. */
  public Map<String, List<String>> values(String board) {
    return board(board).values();
  }

  public Counts counts() {
    return state.ledger.counts(state.stores.waiting.used, state.boards.values());
  }

  /** Counts an event that was rejected before it came here. */
  public void rejected(String reason) {
    state.ledger.reject(reason);
  }

  public CoreMemory memory() {
    return state.stores.memory();
  }

  /**
   * Writes the whole state. The caller adds a checksum; rules are not part of it, the caller sets
   * them again.
   */
  public void save(OutputStream out) throws IOException {
    Snapshot.save(state, out);
  }

  /**
   * A core that goes on exactly where the saved one was. Boards whose definition changed know only
   * the orders that are still remembered, and are named by {@link #rebuilt}.
   *
   * @throws IOException also when the snapshot has another format
   */
  public static RankingCore restore(List<Board> boards, CoreLimits limits, InputStream in)
      throws IOException {
    CoreState state = new CoreState(boards, limits, Share.WHOLE, null);
    RankingCore core = new RankingCore(state);
    core.rebuilt = Snapshot.restore(state, core.intake, in);
    return core;
  }

  /** Boards whose definition differs from the snapshot's: only a replay makes them whole. */
  public List<String> rebuilt() {
    return rebuilt;
  }

  BoardRanking board(String name) {
    BoardRanking board = state.boards.get(name);
    if (board == null) {
      throw new NoSuchElementException("no board " + name);
    }
    return board;
  }

  /** Memory outside the heap goes with the last reference; nothing else is held. */
  @Override
  public void close() {}
}
