package io.podium.ranking.sim;

import io.podium.ranking.core.Counts;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.util.EnumSet;
import java.util.Set;

/** What was received, and whether the core's counts add up to it. */
final class Tally {
  private long received;
  private long rejected;
  private long ignored;
  private long conflicts;

  void refused() {
    received++;
    rejected++;
  }

  void arrived(SalesEvent event, Outcome must, Outcome is) {
    received++;
    rejected += must == Outcome.REJECTED ? 1 : 0;
    ignored += must == Outcome.IGNORED ? 1 : 0;
    Difference.unless(allowed(event, must).contains(is), "outcome", event, must, is);
  }

  /**
   * Whether an event waits is told by T alone, and of two placements of an order either may be
   * called the duplicate. The core forgets what has left every window by an hour, orders and ids: a
   * cancellation may find its order gone, and what is said again may count again, out there. The
   * listings tell what counts inside.
   */
  private static Set<Outcome> allowed(SalesEvent event, Outcome must) {
    boolean namesOrder = event instanceof OrderCancelled c && c.orderId() != null;
    Set<Outcome> allowed = EnumSet.of(must);
    if (must == Outcome.APPLIED) {
      allowed.add(namesOrder ? Outcome.LATE : Outcome.WAITING);
    } else if (must == Outcome.LATE) {
      allowed.add(Outcome.DUPLICATE);
    } else if (must == Outcome.DUPLICATE) {
      allowed.add(Outcome.LATE);
      if (namesOrder || event instanceof CardChange || event instanceof OrderPlaced) {
        allowed.add(Outcome.APPLIED);
        allowed.add(Outcome.WAITING);
      }
    }
    return allowed;
  }

  /** The event told another content under a known id. */
  void conflicted() {
    conflicts++;
  }

  void check(Counts counts) {
    Difference.unless(counts.received() == received, "received", "counts", received, counts);
    Difference.unless(counts.rejectedTotal() == rejected, "rejected", "counts", rejected, counts);
    Difference.unless(counts.ignored() == ignored, "ignored", "counts", ignored, counts);
    Difference.unless(counts.conflict() == conflicts, "conflict", "counts", conflicts, counts);
  }
}
