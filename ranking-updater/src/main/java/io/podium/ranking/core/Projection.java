package io.podium.ranking.core;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a board counts, cut by one set of buyer dimensions: running totals and the ring of steps
 * that they are made of. An event touches one series of each projection, however many listings
 * there are.
 */
final class Projection {
  private static final int UNKNOWN = -1;
  private static final int UNSEEN = -2;
  private static final long PREPARED_AT_ONCE = 1_000_000;

  /** Full names of the buyer dimensions, in the order of {@link Profiles#dimensions}. */
  final List<String> dimensions;

  final SeriesTable series;
  private final StepTable[] ring;
  private final Horizon horizon;
  private final Profiles profiles;
  private final Products products;
  private final Tally counters;
  private final int[] picks;
  private int[] tupleOfProfile = new int[0];
  private final Map<List<String>, Integer> tuples = new HashMap<>();
  private final List<@Nullable List<String>> tupleValues = new ArrayList<>();
  private final IntList freeTuples = new IntList();
  private final @Nullable Rescoring rescoring;
  private boolean isStale;

  /** What left the window since it was taken, by tuple and product; null: nobody asks. */
  private @Nullable Map<Integer, Map<String, BigInteger>> rolled;

  private final Wide scratch = new Wide();

  Projection(Stores stores, Horizon horizon, List<String> dimensions) {
    this.dimensions = dimensions;
    this.horizon = horizon;
    this.profiles = stores.profiles;
    this.products = stores.products;
    this.counters = stores.counters;
    this.series =
        new SeriesTable(stores.arena, stores.products, dimensions.isEmpty(), stores.series);
    this.ring = new StepTable[horizon.steps()];
    Arrays.setAll(ring, i -> new StepTable(stores.arena));
    this.rescoring = horizon.fades() ? new Rescoring(stores.arena, horizon, ring) : null;
    this.picks = dimensions.stream().mapToInt(profiles.dimensions::indexOf).toArray();
    if (dimensions.isEmpty()) {
      tuple(List.of());
    }
  }

  /** Adds to a product's counter in the step of a time that counts. */
  void add(int product, int profile, long time, long hi, long lo) {
    int tuple = picks.length == 0 ? 0 : tupleOf(profile);
    if (tuple != UNKNOWN) {
      int s = series.of(product, tuple);
      int slot = horizon.slot(time);
      long weight = isStale ? 0 : horizon.weight(time);
      int fits = 0;
      if (slot == horizon.currentSlot() && hi == lo >> 63) {
        fits = series.addCurrent(s, lo, weight);
        counters.used += fits >> 1;
      }
      if (fits == 0) {
        addToRing(slot, s, time, hi, lo);
        addWeighted(s, hi, lo, weight);
      }
    }
  }

  private void addToRing(int slot, int s, long time, long hi, long lo) {
    if (ring[slot].add(s, hi, lo)) {
      counters.used++;
      series.countersChanged(s, 1);
    }
    series.mark(s);
    if (rescoring != null) {
      scratch.set(hi, lo);
      rescoring.added(s, time, scratch);
    }
  }

  /** Puts the counters of the current step, which stand beside the totals, into the ring. */
  void gather(int slot) {
    IntList in = series.inCurrent();
    ring[slot].reserve(in.size());
    for (int i = 0; i < in.size(); i++) {
      int s = in.get(i);
      long amount = series.takeCurrent(s);
      if (!ring[slot].add(s, amount >> 63, amount)) {
        counters.used--;
        series.countersChanged(s, -1);
      }
    }
    in.clear();
  }

  /** Reads what events about the products will change now, see {@link KeyTable#touch}. */
  long touch(int[] ids, int n) {
    return picks.length > 0 ? 0 : series.touch(ids, n);
  }

  private void addWeighted(int s, long hi, long lo, long weight) {
    if (weight == 0) {
      return;
    }
    if (weight == 1) {
      series.addUnmarked(s, hi, lo);
    } else {
      scratch.set(hi, lo);
      scratch.multiply(weight);
      series.addUnmarked(s, scratch.hi, scratch.lo);
    }
  }

  /** Takes a step out of the totals and empties it. */
  void expire(int slot) {
    StepTable step = ring[slot];
    for (int i = step.next(0); i >= 0; i = step.next(i + 1)) {
      int s = step.series(i);
      if (!horizon.fades()) {
        scratch.set(step.hi(i), step.lo(i));
        noteRolled(s);
        scratch.negate();
        series.add(s, scratch.hi, scratch.lo);
      } else {
        series.mark(s);
      }
      series.countersChanged(s, -1);
    }
    counters.used -= step.size();
    step.clear();
  }

  private void noteRolled(int s) {
    if (rolled != null) {
      rolled
          .computeIfAbsent(series.tuple(s), t -> new HashMap<>())
          .merge(
              products.name(series.product(s)),
              Wide.toBigInteger(scratch.hi, scratch.lo),
              BigInteger::add);
    }
  }

  /** From now on it is noted what leaves the window. A board that fades has nothing to note. */
  void noteRolled() {
    if (!horizon.fades()) {
      rolled = new HashMap<>();
    }
  }

  /**
   * What left the window since the last call, by tuple and product name; null when it was not
   * noted.
   */
  @Nullable Map<Integer, Map<String, BigInteger>> takeRolled() {
    Map<Integer, Map<String, BigInteger>> taken = rolled;
    if (taken != null && !taken.isEmpty()) {
      rolled = new HashMap<>();
    }
    return taken;
  }

  /** Totals of a board that fades, from its steps, for the first reader after one has turned. */
  boolean rescoreIfDue() {
    if (!isStale || rescoring == null) {
      return false;
    }
    isStale = false;
    gather(horizon.currentSlot());
    rescoring.finish(series);
    return true;
  }

  /** Somebody reads, and will again: the next rescoring is begun. */
  void prepareRescoring() {
    if (rescoring != null && !isStale) {
      rescoring.prepare(series, PREPARED_AT_ONCE);
    }
  }

  /** T has left the step: it will hardly grow any more. */
  void close(int slot) {
    isStale = horizon.fades();
    ring[slot].trim();
  }

  StepTable step(int slot) {
    return ring[slot];
  }

  /** Puts a saved counter back. */
  void restore(int slot, int s, long hi, long lo) {
    if (ring[slot].add(s, hi, lo)) {
      counters.used++;
      series.countersChanged(s, 1);
    }
    addWeighted(s, hi, lo, horizon.weightOfSlot(slot));
    series.mark(s);
  }

  private int tupleOf(int profile) {
    if (profile >= tupleOfProfile.length) {
      int known = tupleOfProfile.length;
      tupleOfProfile = Arrays.copyOf(tupleOfProfile, Math.max(16, profile * 2));
      Arrays.fill(tupleOfProfile, known, tupleOfProfile.length, UNSEEN);
    }
    if (tupleOfProfile[profile] == UNSEEN) {
      tupleOfProfile[profile] = pick(profiles.values(profile));
    }
    return tupleOfProfile[profile];
  }

  private int pick(List<String> values) {
    List<String> own = new ArrayList<>();
    for (int i : picks) {
      if (values.get(i).isEmpty()) {
        return UNKNOWN;
      }
      own.add(values.get(i));
    }
    return tuple(own);
  }

  private int tuple(List<String> own) {
    Integer known = tuples.get(own);
    if (known != null) {
      return known;
    }
    int id = freeTuples.size() > 0 ? freeTuples.removeLast() : tupleValues.size();
    if (id == tupleValues.size()) {
      tupleValues.add(own);
    } else {
      tupleValues.set(id, own);
    }
    tuples.put(own, id);
    return id;
  }

  /**
   * Forgets the combinations of values that no series has, and tells the values of the others.
   *
   * @param listed those that a listing has
   */
  void forgetUnusedTuples(BitSet listed) {
    BitSet used = (BitSet) listed.clone();
    series.addTuples(used);
    Arrays.fill(tupleOfProfile, UNSEEN);
    for (int id = 0; id < tupleValues.size(); id++) {
      List<String> own = tupleValues.get(id);
      if (own != null && !used.get(id) && !dimensions.isEmpty()) {
        tuples.remove(own);
        tupleValues.set(id, null);
        freeTuples.add(id);
      } else if (own != null) {
        see(own);
      }
    }
  }

  private void see(List<String> own) {
    for (int i = 0; i < own.size(); i++) {
      profiles.sees(dimensions.get(i), own.get(i));
    }
  }

  /** -1 when no buyer had these values. */
  int findTuple(List<String> own) {
    return tuples.getOrDefault(own, UNKNOWN);
  }

  List<String> tupleValues(int tuple) {
    List<String> own = tupleValues.get(tuple);
    if (own == null) {
      throw new IllegalStateException("values " + tuple + " are forgotten");
    }
    return own;
  }

  boolean isFreeTuple(int tuple) {
    return tupleValues.get(tuple) == null;
  }

  /** A tuple that was free is put back as such. */
  void restoreFreeTuple() {
    freeTuples.add(tupleValues.size());
    tupleValues.add(null);
  }

  int tupleCount() {
    return tupleValues.size();
  }

  /** Saved tuples are put back in their order. */
  int restoreTuple(List<String> own) {
    Integer known = tuples.get(own);
    if (known != null) {
      return known;
    }
    see(own);
    tupleValues.add(own);
    tuples.put(own, tupleValues.size() - 1);
    return tupleValues.size() - 1;
  }
}
