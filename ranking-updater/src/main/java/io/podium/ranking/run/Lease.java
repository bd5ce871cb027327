package io.podium.ranking.run;

import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.LeaseRecord;
import io.podium.ranking.stream.LeaseRecord.Held;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this updater is the active one. {@link #step} is called often by one thread; {@link
 * #token} from any.
 *
 * <p>The record in the log expires {@code ttl} after its last renewal, by the log's clock. This
 * process counts from the moment <em>before</em> it asked, by its own monotonic clock, and gives
 * itself less: it stops publishing before another one can start, also when it was frozen in
 * between. What still slips through is refused by the stores, which know the greatest token.
 */
public final class Lease {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /** Of the ttl: the rest is for clocks that run differently. */
  private static final double OWN_SHARE = 0.8;

  private final LeaseRecord record;
  private final String holder;
  private final Duration ttl;
  private final Clock clock;
  private final LongSupplier nanos;
  private volatile State state = new State(0, Long.MIN_VALUE, "");

  /**
   * @param token 0: not held
   * @param until monotonic; held before it
   * @param activeHolder who held it when last asked; empty: unknown
   */
  private record State(long token, long until, String activeHolder) {}

  /**
   * @param holder unique to this process, so that a restarted one does not renew its predecessor's
   */
  public Lease(LeaseRecord record, String holder, Duration ttl, Clock clock, LongSupplier nanos) {
    this.record = record;
    this.holder = holder;
    this.ttl = ttl;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Takes or renews it. Waits for the log, up to the ttl. */
  public void step() {
    long askedAt = nanos.getAsLong();
    Held held = Await.on(record.take(holder, ttl, clock.millis()), ttl);
    boolean mine = held.holder().equals(holder);
    if (mine && state.token != held.token()) {
      LOG.info("This updater is active, with token {}", held.token());
    } else if (!mine && state.token != 0) {
      LOG.warn("{} is active now; this updater follows", held.holder());
    }
    long until = askedAt + (long) (ttl.toNanos() * OWN_SHARE);
    state = new State(mine ? held.token() : 0, until, held.holder());
  }

  /** Only looks who holds it: an updater that still catches up does not stand for it. */
  public void look() {
    Held held = Await.on(record.holder(), ttl).orElse(new Held("", 0));
    state = new State(0, nanos.getAsLong(), held.holder());
  }

  /** The fencing token while this updater is surely the active one; else empty. */
  public OptionalLong token() {
    State s = state;
    return s.token != 0 && nanos.getAsLong() - s.until < 0
        ? OptionalLong.of(s.token)
        : OptionalLong.empty();
  }

  public boolean isActive() {
    return token().isPresent();
  }

  /** Who was active when last heard; empty when unknown. */
  public String activeHolder() {
    return state.activeHolder;
  }

  /** A store has seen a newer token than this one: it is not to be used again. */
  public void fenced(long token) {
    State s = state;
    if (s.token == token) {
      LOG.warn("Token {} was refused by a store: a newer updater has published", token);
      state = new State(0, Long.MIN_VALUE, s.activeHolder);
      var unused = record.release(holder);
    }
  }

  /** Gives it back, so that a follower need not wait. */
  public void release() {
    if (state.token != 0) {
      state = new State(0, Long.MIN_VALUE, "");
      Await.on(record.release(holder), ttl);
    }
  }
}
