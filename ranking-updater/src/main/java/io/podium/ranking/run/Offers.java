package io.podium.ranking.run;

import io.podium.listing.BoardInfo;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.rules.Hold;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ranks what changed and, while this updater holds the lease, hands it to the publisher. Loop's
 * thread only; {@link #republish} from any.
 */
final class Offers {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** A follower ranks only to know which listings there are. */
  private static final long FOLLOWER_RANKS_EVERY_MS = 1_000;

  private static final long BOARDS_EVERY_MS = 1_000;
  private static final int TAKEOVER_CHUNK = 500;
  private static final int MOST_FIRST = 64;

  /** What a person changed must not wait for {@code publishEvery}. */
  private static final long RULES_EVERY_MS = 100;

  /** A clock that went back by more was set back: what is due must not wait for it to catch up. */
  private static final long SET_BACK_MS = 5_000;

  /** Ranking a board takes at most one part in so many of the loop's time. */
  private static final long RANKING_SHARE = 2;

  private final List<Board> boards;
  private final EventLog log;
  private final Publisher publisher;
  private final Lease lease;
  private final int atOnce;
  private final Clock clock;
  private final Map<String, Ranking> rankings = new HashMap<>();
  private final Map<String, Long> rankedAt = new HashMap<>();
  private final Map<String, Long> rests = new HashMap<>();
  private final RuleTurns ruleTurns = new RuleTurns();
  private final Deque<ListingKey> toOffer = new ArrayDeque<>();
  private final Set<ListingKey> first = new LinkedHashSet<>();
  private final BoardInfos boardInfos;
  private long activeToken;
  private boolean goesOn;
  private @Nullable Positions takeOverAt;
  private long boardsAt;
  private volatile Supplier<Map<ListingKey, Hold>> holds = Map::of;
  private Map<ListingKey, Hold> held = Map.of();
  private volatile boolean republish;
  private @Nullable Proofs proofs;

  /** Of one board: begun when, as of which stream time, and what its parts took until now, ms. */
  private record Ranking(long began, @Nullable Instant asOf, long took) {
    Ranking and(long more) {
      return new Ranking(began, asOf, took + more);
    }
  }

  /**
   * @param atOnce listings of one board that a round looks at
   */
  Offers(
      List<Board> boards, EventLog log, Publisher publisher, Lease lease, int atOnce, Clock clock) {
    this.boards = boards;
    this.atOnce = atOnce;
    this.log = log;
    this.publisher = publisher;
    this.lease = lease;
    this.clock = clock;
    this.boardInfos = new BoardInfos(boards);
  }

  /** Where it learns which listings are held. */
  void follow(Supplier<Map<ListingKey, Hold>> source) {
    holds = source;
  }

  /** Who gathers evidence for the epochs. Before the first round. */
  void prove(Proofs by) {
    proofs = by;
  }

  /** The state it knew is gone. */
  void startOver() {
    activeToken = 0;
  }

  boolean isActive() {
    return activeToken != 0;
  }

  /** The last round left a part of a board's ranking to the next one. */
  boolean goesOn() {
    return goesOn;
  }

  void republish() {
    republish = true;
  }

  /**
   * The rules from now on. The listing that a changed one names (else the whole shop's) comes at
   * once, the others of its board with a ranking before its time.
   */
  void takeRules(Collection<Rule> rules) {
    for (Rule rule : ruleTurns.take(rules)) {
      Slice slice = rule.slice() == null ? Slice.WHOLE_SHOP : rule.slice();
      if (first.size() < MOST_FIRST && isListed(rule.board(), slice)) {
        first.add(new ListingKey(rule.board(), slice));
      }
    }
  }

  private boolean isListed(String board, Slice slice) {
    Set<String> dimensions = slice.values().keySet();
    return boards.stream()
        .filter(b -> b.name().equals(board))
        .flatMap(b -> b.slices().stream())
        .anyMatch(cut -> Set.copyOf(cut).equals(dimensions));
  }

  /** What is held or released is offered again: the publisher decides what is to be seen. */
  void takeHolds() {
    Map<ListingKey, Hold> now = holds.get();
    if (now == held) {
      return;
    }
    Set<ListingKey> changed = new LinkedHashSet<>(now.keySet());
    changed.addAll(held.keySet());
    changed.removeIf(key -> Objects.equals(now.get(key), held.get(key)));
    changed.removeIf(key -> boards.stream().noneMatch(b -> b.name().equals(key.board())));
    first.addAll(changed);
    held = now;
  }

  /**
   * One round.
   *
   * @param at what the core has read
   */
  void rank(RankingCore core, Positions at, KnownListings known, long now) {
    goesOn = false;
    long token = lease.token().orElse(0);
    if (publisher.takeLost()) {
      republish = true;
    }
    if (token != 0 && (token != activeToken || republish)) {
      takeOver(token, known);
    }
    boolean active = token != 0;
    activeToken = token;
    if (takeOverAt != null) {
      if (!reached(at, takeOverAt)) {
        return;
      }
      takeOverAt = null;
      toOffer.clear();
      toOffer.addAll(known.candidates(boards, core));
      boardInfos.forget();
      offerBoards(core, now);
    }
    takeFound(core, known, now);
    offerFirst(core, known, active);
    offerAfterTakeOver(core, known, active);
    for (Board board : boards) {
      rank(core, board, known, now, active);
      goesOn |= core.isAmidRanking(board.name());
    }
    if (active && Pace.isOver(boardsAt, now, BOARDS_EVERY_MS)) {
      offerBoards(core, now);
    }
  }

  /** What readers knew before: told again at once, until the listings of it are out. */
  private void takeFound(RankingCore core, KnownListings known, long now) {
    List<BoardInfo> found = publisher.found();
    if (!found.isEmpty()) {
      toOffer.addAll(known.vanished(boards, core, found));
      boardInfos.keep(found, core);
      boardInfos.forget();
      offerBoards(core, now);
      publisher.tookFound();
    }
  }

  private void offerBoards(RankingCore core, long now) {
    boardsAt = now;
    boardInfos.published(publisher.lastComplete());
    boardInfos.changed(core).ifPresent(publisher::offerBoards);
  }

  /** First everything that the one before may have read, then publish all that differs. */
  private void takeOver(long token, KnownListings known) {
    // A log that does not answer leaves it all to the next round.
    Positions ends = Await.on(log.ends(), DEADLINE);
    republish = false;
    takeOverAt = ends;
    publisher.begin(token, known.keys());
    boardInfos.startOver();
    if (proofs != null) {
      proofs.forget();
    }
    activeToken = token;
  }

  private static boolean reached(Positions at, Positions target) {
    for (StreamName stream : StreamName.values()) {
      if (at.of(stream).id().compareTo(target.of(stream).id()) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A follower forgets them: whoever takes over offers everything. */
  private void offerFirst(RankingCore core, KnownListings known, boolean active) {
    if (active && !first.isEmpty()) {
      List<Ranked> ranked = first.stream().map(core::rankAhead).toList();
      known.saw(ranked.stream().filter(r -> !r.organic().isEmpty()).toList(), clock.millis());
      publisher.offerFirst(ranked);
      if (proofs != null) {
        proofs.owe(ranked);
      }
    }
    first.clear();
  }

  private void offerAfterTakeOver(RankingCore core, KnownListings known, boolean active) {
    List<Ranked> ranked = new ArrayList<>();
    while (active && !toOffer.isEmpty() && ranked.size() < TAKEOVER_CHUNK) {
      ranked.add(core.rankAhead(toOffer.removeFirst()));
    }
    known.saw(ranked.stream().filter(r -> !r.organic().isEmpty()).toList(), clock.millis());
    offer(ranked);
  }

  private void offer(List<Ranked> ranked) {
    publisher.offer(ranked);
    if (proofs != null) {
      proofs.owe(ranked);
    }
  }

  private long rulesEvery(Board board) {
    return Math.max(RULES_EVERY_MS, rests.getOrDefault(board.name(), 0L));
  }

  private boolean isPressed(RankingCore core, Board board) {
    return ruleTurns.isDue(board.name(), core.streamTime(board.name()));
  }

  private void rank(RankingCore core, Board board, KnownListings known, long now, boolean active) {
    String name = board.name();
    if (!core.isAmidRanking(name)) {
      if (!isDue(core, board, now, active)) {
        return;
      }
      // Of what changes from now on the next ranking takes care.
      rankings.put(name, new Ranking(now, core.streamTime(name), 0));
      ruleTurns.ranked(name, core.streamTime(name));
      boardInfos.ranking(name);
    }
    long start = clock.millis();
    List<Ranked> changed = core.rankChanged(name, atOnce);
    known.saw(changed, now);
    if (active) {
      offer(changed);
    }
    long took = Math.max(0, clock.millis() - start);
    Ranking ranking = rankings.get(name);
    if (ranking == null) {
      throw new IllegalStateException("not begun: " + name);
    }
    ranking = ranking.and(took);
    rankings.put(name, ranking);
    if (!core.isAmidRanking(name)) {
      // A backlog must not grow because everything is ranked again and again.
      long rest = RANKING_SHARE * ranking.took();
      rankedAt.put(name, ranking.began() + Math.max(0, rest - every(board, active)));
      rests.put(name, rest);
      if (active) {
        ranked(core, board, ranking.asOf());
      }
    }
  }

  private static long every(Board board, boolean active) {
    return active ? board.publishEvery().toMillis() : FOLLOWER_RANKS_EVERY_MS;
  }

  private boolean isDue(RankingCore core, Board board, long now, boolean active) {
    long since = now - rankedAt.getOrDefault(board.name(), 0L);
    return since <= -SET_BACK_MS
        || since >= every(board, active)
        || (active && since >= rulesEvery(board) && isPressed(core, board));
  }

  /**
   * All of the board that had changed when its ranking began has been offered.
   *
   * @param asOf the stream time then
   */
  private void ranked(RankingCore core, Board board, @Nullable Instant asOf) {
    if (proofs != null && toOffer.isEmpty()) {
      // Only now: between two rankings of a board nothing new of it may be published.
      publisher.offer(proofs.take(core, board.name()));
    }
    if (toOffer.isEmpty()) {
      boardInfos.offered(board.name(), publisher.cycles());
      if (asOf != null) {
        publisher.current(board.name(), asOf);
      }
    }
  }
}
