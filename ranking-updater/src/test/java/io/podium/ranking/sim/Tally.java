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

  void refused() {
    received++;
    rejected++;
  }

  void arrived(SalesEvent event, Outcome must, Outcome is) {
    received++;
    rejected += must == Outcome.REJECTED ? 1 : 0;
    ignored += must == Outcome.IGNORED ? 1 : 0;
    Difference.unless(allowed(event, must).contains(is), "outcome of " + event, must, is);
  }

  /**
   * Whether an event waits is told by T alone, and of two placements of an order either may be
   * called the duplicate: the listings tell which one counts. The core forgets orders that have left
   * every window, so that a cancellation of one may be late to it, and the ids of old card changes,
   * which change nothing when they are said again.
   */
  private static Set<Outcome> allowed(SalesEvent event, Outcome must) {
    return switch (must) {
      case APPLIED ->
          event instanceof OrderCancelled cancelled && cancelled.orderId() != null
              ? EnumSet.of(Outcome.APPLIED, Outcome.LATE)
              : EnumSet.of(Outcome.APPLIED, Outcome.WAITING);
      case DUPLICATE ->
          event instanceof OrderPlaced
              ? EnumSet.of(Outcome.DUPLICATE, Outcome.LATE, Outcome.APPLIED, Outcome.WAITING)
              : event instanceof CardChange
                  ? EnumSet.of(Outcome.DUPLICATE, Outcome.APPLIED, Outcome.WAITING)
                  : EnumSet.of(Outcome.DUPLICATE, Outcome.LATE);
      case LATE -> EnumSet.of(Outcome.LATE, Outcome.DUPLICATE);
      default -> EnumSet.of(must);
    };
  }

  void check(Counts counts) {
    Difference.unless(counts.received() == received, "received", received, counts);
    Difference.unless(counts.rejectedTotal() == rejected, "rejected", rejected, counts);
    Difference.unless(counts.ignored() == ignored, "ignored", ignored, counts);
  }
}
