package io.podium.ranking.run;

import io.podium.listing.ListingKey;
import io.podium.ranking.archive.Handover;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.rules.Hold;
import io.podium.ranking.run.LoopStatus.Phase;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.EventLog.Batch;
import io.podium.ranking.stream.EventLog.DeadLetter;
import io.podium.ranking.stream.Positions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads, applies, ranks and hands over; the only one that touches the core. {@link #step} is one
 * round, on one thread; {@link #status} may be read from any.
 *
 * <p>An updater that follows does the same as the active one but hands nothing over: when it takes
 * over it has nothing to load. It then offers every listing, and the publisher leaves out those
 * that stand in the store already.
 */
public final class RankingLoop {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** Counting what is beyond the bounds settles the boards, which costs more than it tells. */
  private static final long STATUS_EVERY_MS = 200;

  private static final long ENDS_EVERY_MS = 1_000;

  private final List<Board> boards;
  private final EventLog log;
  private final ReadAhead reader;
  private final Recovery recovery;
  private final Checkpoints checkpoints;
  private final Supplier<Collection<Rule>> rules;
  private final Settings settings;
  private final Clock clock;
  private final Offers offers;

  private @Nullable Applier applier;
  private @Nullable KnownListings known;
  private @Nullable Collection<Rule> applied;
  private List<DeadLetter> letters = List.of();
  private @Nullable Handover handover;
  private boolean caughtUp;
  private boolean full;
  private long statusAt;
  private long endsAt;
  private final Questions questions = new Questions();
  private BooleanSupplier rulesKnown = () -> true;
  private volatile LoopStatus status = LoopStatus.STARTING;

  /**
   * @param batch entries of one stream read at once
   * @param patience how long a round waits for entries
   * @param ranked listings of one board that a round ranks: one of many listings must not hold up
   *     the others, nor those who wait to see a sale
   */
  public record Settings(int batch, Duration patience, int ranked) {}

  RankingLoop(
      List<Board> boards,
      EventLog log,
      Recovery recovery,
      Checkpoints checkpoints,
      Publisher publisher,
      Lease lease,
      Supplier<Collection<Rule>> rules,
      Settings settings,
      Clock clock) {
    this.boards = boards;
    this.log = log;
    this.reader = new ReadAhead(log, settings.batch(), DEADLINE);
    this.recovery = recovery;
    this.checkpoints = checkpoints;
    this.rules = rules;
    this.settings = settings;
    this.clock = clock;
    this.offers = new Offers(boards, log, publisher, lease, settings.ranked(), clock);
  }

  /** One round; answers how long to pause. */
  public Duration step() throws IOException {
    if (applier == null && !recover()) {
      return Duration.ofSeconds(1);
    }
    Applier a = applier();
    // 1 What was rejected is kept before anything else happens.
    keepRejected();
    boolean ready = rulesKnown.getAsBoolean();
    takeRules(a.core());
    offers.takeHolds();
    // 2 Read and apply.
    boolean hurries = full || offers.goesOn();
    Batch batch = reader.read(a.positions(), full, hurries ? Duration.ZERO : settings.patience());
    if (handover != null) {
      handover.offer(a.positions(), batch);
    }
    Applier.Result result = a.apply(batch, settings.batch());
    letters = a.takeLetters();
    keepRejected();
    if (result == Applier.Result.GAP) {
      bridge(a);
      return Duration.ZERO;
    }
    full = result == Applier.Result.FULL;
    boolean atEnd = !full && reader.isAtEnd();
    // 3 Time passes, but never beyond what was not read yet.
    long now = clock.millis();
    checkEnds(a, batch, now);
    if (atEnd) {
      a.core().advance(now);
      caughtUp = true;
    }
    // 4 Rank what changed, and hand it over.
    if (caughtUp && ready) {
      offers.rank(a.core(), a.positions(), known(), now);
    }
    // 5 What people ask of the core.
    if (caughtUp) {
      questions.answer(a.core());
    }
    // 6 State and positions together, written elsewhere.
    checkpoints.step(a, known());
    tellStatus(a, now);
    return full && !offers.goesOn() ? Duration.ofMillis(100) : Duration.ZERO;
  }

  private Applier applier() {
    if (applier == null) {
      throw new IllegalStateException("not recovered");
    }
    return applier;
  }

  private KnownListings known() {
    if (known == null) {
      throw new IllegalStateException("not recovered");
    }
    return known;
  }

  private boolean recover() throws IOException {
    try {
      Recovery.Recovered r = recovery.recover();
      applier = r.applier();
      Checkpoint c = r.checkpoint();
      known = new KnownListings(c == null ? List.of() : c.known());
      checkpoints.restored(c);
      return true;
    } catch (Recovery.IncompleteException e) {
      throw incomplete(e);
    }
  }

  /** The stream was trimmed beyond this updater: the archive has what it did not read. */
  private void bridge(Applier a) throws IOException {
    try {
      recovery.bridge(a);
    } catch (Recovery.IncompleteException e) {
      caughtUp = false;
      offers.startOver();
      throw incomplete(e);
    }
  }

  private IOException incomplete(Recovery.IncompleteException e) {
    status =
        new LoopStatus(
            Phase.INCOMPLETE,
            String.valueOf(e.getMessage()),
            0,
            null,
            null,
            Map.of(),
            Positions.START,
            0,
            clock.millis());
    return new IOException(e.getMessage(), e);
  }

  private void keepRejected() {
    if (!letters.isEmpty()) {
      Await.on(log.deadLetters(letters), DEADLINE);
      letters = List.of();
    }
  }

  private void takeRules(RankingCore core) {
    Collection<Rule> current = rules.get();
    if (current != applied) {
      core.rules(current);
      offers.takeRules(current);
      applied = current;
    }
  }

  /** A log that lost its end is behind what was read: nothing would ever come again. */
  private void checkEnds(Applier a, Batch batch, long now) {
    boolean silent = batch.events().isEmpty() || batch.products().isEmpty();
    if (silent && Pace.isOver(endsAt, now, ENDS_EVERY_MS)) {
      endsAt = now;
      a.rollBack(Await.on(log.ends(), DEADLINE));
    }
  }

  /** Questions to the core, from any thread. */
  public Questions questions() {
    return questions;
  }

  /**
   * Where it learns which listings are held. Before the first step.
   *
   * @param known false: rules and holds were not read yet
   */
  void follow(Supplier<Map<ListingKey, Hold>> source, BooleanSupplier known) {
    offers.follow(source);
    rulesKnown = known;
  }

  /** Who takes what was read into the archive. Before the first step. */
  void archive(Handover to) {
    handover = to;
  }

  /** Who gathers evidence for the epochs. Before the first step. */
  void prove(Proofs by) {
    offers.prove(by);
  }

  /** A last checkpoint, when the loop's thread has ended. Blocks on the disk. */
  void close() throws IOException {
    Applier a = applier;
    if (a != null) {
      // What was rejected and could not be kept is read again by the next life.
      if (letters.isEmpty()) {
        checkpoints.last(a, known());
      }
      a.core().close();
    }
  }

  private void tellStatus(Applier a, long now) {
    if (!Pace.isOver(statusAt, now, STATUS_EVERY_MS) && status.phase() == phase()) {
      return;
    }
    statusAt = now;
    Map<String, Instant> times = new HashMap<>();
    for (Board board : boards) {
      Instant t = a.core().streamTime(board.name());
      if (t != null) {
        times.put(board.name(), t);
      }
    }
    status =
        new LoopStatus(
            phase(),
            detail(),
            a.received(),
            a.core().counts(),
            a.core().memory(),
            times,
            a.positions(),
            a.rolledBack(),
            now);
  }

  private String detail() {
    if (full) {
      return "a memory bound is reached: see podium_memory, raise updater.memory";
    }
    return rulesKnown.getAsBoolean() ? "" : "nothing is published before the rules were read";
  }

  private Phase phase() {
    if (full) {
      return Phase.FULL;
    }
    if (!caughtUp) {
      return Phase.CATCHING_UP;
    }
    return offers.isActive() ? Phase.ACTIVE : Phase.FOLLOWING;
  }

  public LoopStatus status() {
    return status;
  }

  /** The cache role was emptied: everything is offered again. From any thread. */
  public void republish() {
    offers.republish();
  }

  long replayed() {
    return recovery.replayed();
  }
}
