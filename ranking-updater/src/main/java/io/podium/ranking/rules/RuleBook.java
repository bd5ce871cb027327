package io.podium.ranking.rules;

import io.podium.codec.KeyText;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.RuleException;
import io.podium.ranking.board.RuleParser;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.RuleLog;
import io.podium.ranking.stream.RuleLog.Change;
import io.podium.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules and holds as the rule log has them, followed by every updater. Changes are decided on a
 * state that is known to be the newest, and are refused otherwise; a log that lost its end gets it
 * back from the copy.
 */
public final class RuleBook {
  private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);
  private static final int BATCH = 1_000;
  private static final int TRIES = 5;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final RuleLog log;
  private final @Nullable RuleCopy copy;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Map<String, EntryId> versions = new LinkedHashMap<>();
  private final Map<ListingKey, Hold> holds = new LinkedHashMap<>();
  private EntryId after = EntryId.START;
  private volatile @Nullable EntryId copied;
  private boolean begun;
  private volatile boolean known;
  private volatile State state = new State(EntryId.START, List.of(), Map.of(), Map.of());

  /**
   * Immutable; its lists are the same objects until something of them changes.
   *
   * @param at the newest change in it
   * @param versions of each rule the change that made it
   */
  public record State(
      EntryId at, List<Rule> rules, Map<String, EntryId> versions, Map<ListingKey, Hold> holds) {
    public Optional<Rule> rule(String id) {
      return rules.stream().filter(r -> r.id().equals(id)).findFirst();
    }
  }

  /** Decides on a change, given all that stands; may refuse by throwing. */
  @FunctionalInterface
  public interface Decision<E extends Exception> {
    Change on(State state) throws E;
  }

  public RuleBook(RuleLog log, @Nullable RuleCopy copy) {
    this.log = log;
    this.copy = copy;
  }

  /** Reads on until there is no more. */
  public synchronized void step() {
    if (!begun || (read() == 0 && Await.on(log.last(), DEADLINE).compareTo(after) < 0)) {
      begin();
    }
    while (read() > 0) {
      // There is more.
    }
  }

  /** Until somebody changes something, or this much time has passed. On one thread. */
  public void await(Duration wait) {
    Await.on(log.await(state.at(), wait), wait.plus(DEADLINE));
  }

  /**
   * At the start, and when the log is behind what was read of it: what it lost comes from the copy.
   * A log with entries is believed while the copy is away; an empty one is not.
   */
  private void begin() {
    EntryId last = Await.on(log.last(), DEADLINE);
    if (copy != null) {
      try {
        restore(copy, last);
      } catch (StoreException e) {
        if (last.equals(EntryId.START)) {
          // Ranking goes on without Mongo; only changes wait.
          known = true;
          throw e;
        }
        LOG.warn("Whether the rule log is whole is not known: {}", e.getMessage());
      }
    }
    // Read whole or not at all: when the log fails on the way, the next step begins again.
    begun = false;
    rules.clear();
    versions.clear();
    holds.clear();
    after = EntryId.START;
    copied = null;
    while (load() > 0) {
      // There is more.
    }
    begun = true;
    tell();
    known = true;
  }

  private void restore(RuleCopy from, EntryId last) {
    EntryId at = last;
    for (List<Change> lost = from.after(at); !lost.isEmpty(); lost = from.after(at)) {
      for (Change change : lost) {
        if (!Await.on(log.restore(change, at), DEADLINE)) {
          throw new StoreException(
              StoreException.Kind.BUSY, "another updater restores the rule log", null);
        }
        at = change.id();
      }
      LOG.warn("The rule log had lost {} changes; they are back, up to {}", lost.size(), at);
    }
  }

  private int read() {
    int found = load();
    if (found > 0) {
      tell();
    }
    return found;
  }

  private int load() {
    List<Change> changes = Await.on(log.read(after, BATCH), DEADLINE);
    changes.forEach(this::take);
    if (!changes.isEmpty()) {
      after = changes.get(changes.size() - 1).id();
    }
    return changes.size();
  }

  private void tell() {
    state = new State(after, List.copyOf(rules.values()), Map.copyOf(versions), Map.copyOf(holds));
  }

  private void take(Change change) {
    try {
      switch (change.kind()) {
        case RULE -> takeRule(change);
        case HOLD -> takeHold(change);
      }
    } catch (RuleException | IOException | StoreException e) {
      LOG.warn("Change {} of the rules cannot be read: {}", change.id(), e.getMessage());
    }
  }

  private void takeRule(Change change) throws RuleException {
    String json = change.after();
    if (json == null) {
      rules.remove(change.subject());
      versions.remove(change.subject());
      return;
    }
    for (Rule rule : RuleParser.parse(json.getBytes(StandardCharsets.UTF_8))) {
      rules.put(rule.id(), rule);
      versions.put(rule.id(), change.id());
    }
  }

  private void takeHold(Change change) throws IOException {
    ListingKey key = KeyText.read(change.subject());
    String json = change.after();
    if (json == null) {
      holds.remove(key);
    } else {
      holds.put(key, new Hold(change.id(), Hold.listing(json), change.author(), change.reason()));
    }
  }

  /**
   * Makes one change.
   *
   * @return it, with its id
   * @throws StoreException when the log did not take it, or nobody knows
   */
  public synchronized <E extends Exception> Change change(Decision<E> decision) throws E {
    for (int i = 0; i < TRIES; i++) {
      step();
      Change draft = decision.on(state);
      Optional<EntryId> id = Await.on(log.append(draft, after), DEADLINE);
      if (id.isPresent()) {
        step();
        return new Change(
            id.get(),
            draft.kind(),
            draft.subject(),
            draft.before(),
            draft.after(),
            draft.author(),
            draft.reason());
      }
    }
    throw new StoreException(StoreException.Kind.BUSY, "the rules change too fast", null);
  }

  /** Changes after that one, oldest first: the audit trail. */
  public List<Change> changes(EntryId from, int limit) {
    return Await.on(log.read(from, limit), DEADLINE);
  }

  /** Brings the copy up to the log; answers whether it wrote. On one thread. */
  public boolean copy() {
    if (copy == null || !isBegun()) {
      return false;
    }
    EntryId from = copied;
    if (from == null) {
      from = copy.last();
      copied = from;
    }
    List<Change> changes = Await.on(log.read(from, BATCH), DEADLINE);
    if (changes.isEmpty()) {
      return false;
    }
    copy.add(changes);
    copied = changes.get(changes.size() - 1).id();
    return true;
  }

  private synchronized boolean isBegun() {
    return begun;
  }

  /** Whether the log was read since the start: before, nothing must be published. */
  public boolean isKnown() {
    return known;
  }

  public State state() {
    return state;
  }

  /** The same object until something changes. */
  public List<Rule> current() {
    return state.rules();
  }

  /** The same object until something changes. */
  public Map<ListingKey, Hold> holds() {
    return state.holds();
  }
}
