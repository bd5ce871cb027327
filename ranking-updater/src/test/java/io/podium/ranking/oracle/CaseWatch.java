package io.podium.ranking.oracle;

import static java.util.Objects.requireNonNull;

import io.podium.listing.CodePointOrder;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes which cases one simulation hits. */
public final class CaseWatch {
  private final Set<Case> hit = EnumSet.noneOf(Case.class);
  private final Map<String, View> lastViews = new HashMap<>();
  private final Map<String, Map<Slice, Expected>> lastListings = new HashMap<>();

  public Set<Case> hit() {
    return hit;
  }

  public void note(Case one, boolean when) {
    if (when) {
      hit.add(one);
    }
  }

  /** Called after the oracle has taken the event in. */
  public void arrived(SalesEvent event, Outcome outcome, Intake intake, List<Board> boards) {
    note(Case.LATE, outcome == Outcome.LATE);
    note(Case.AHEAD, outcome == Outcome.REJECTED);
    note(Case.CONFLICT, intake.conflicts() > 0);
    if (outcome == Outcome.LATE || outcome == Outcome.REJECTED) {
      return;
    }
    List<SalesEvent> accepted = intake.accepted();
    boolean taken = !accepted.isEmpty() && accepted.get(accepted.size() - 1) == event;
    note(Case.REPEATED, !taken);
    if (!taken) {
      return;
    }
    List<SalesEvent> before = accepted.subList(0, accepted.size() - 1);
    SalesEvent.Meta meta = event.meta();
    note(
        Case.SAME_ID_TWO_SOURCES,
        before.stream()
            .anyMatch(
                e -> e.meta().id().equals(meta.id()) && !e.meta().source().equals(meta.source())));
    if (event instanceof OrderPlaced placed) {
      placed(placed, before);
    } else if (event instanceof CardChange change) {
      note(Case.SAME_STAMP, before.stream().anyMatch(e -> isTwin(change, e)));
    }
    for (Board board : boards) {
      Instant t = intake.streamTime(board);
      if (t != null && meta.time().isAfter(t)) {
        note(Case.CARD_AHEAD, event instanceof CardChange);
      }
    }
  }

  private static boolean isTwin(CardChange change, SalesEvent other) {
    return other instanceof CardChange c
        && c.change().productId().equals(change.change().productId())
        && c.meta().time().equals(change.meta().time())
        && c.meta().id().equals(change.meta().id());
  }

  private void placed(OrderPlaced placed, List<SalesEvent> before) {
    OrderPlaced standing = Orders.standing(before).get(placed.orderId());
    boolean earlier = standing != null && Orders.EARLIEST.compare(placed, standing) < 0;
    note(Case.EARLIER_DUPLICATE, earlier);
    note(Case.LATER_DUPLICATE, standing != null && !earlier);
    note(
        Case.CANCELLED_BEFORE_ITS_ORDER,
        standing == null
            && before.stream()
                .anyMatch(
                    e -> e instanceof OrderCancelled c && placed.orderId().equals(c.orderId())));
  }

  /** Called at each check, with the board's view and its listings. */
  public void checked(Board board, View view, Map<Slice, Expected> listings) {
    orders(board, view);
    times(board, view);
    products(view, listings);
    note(
        Case.CROWDED,
        view.scores().values().stream().anyMatch(sold -> sold.size() > 8 * board.size()));
    listings.values().forEach(listing -> listing(view, listing));
    View last = lastViews.put(board.name(), view);
    Map<Slice, Expected> lastOnes = lastListings.put(board.name(), listings);
    note(Case.BEYOND_MAX_VALUES, view.beyond().values().stream().anyMatch(v -> !v.isEmpty()));
    if (last != null && lastOnes != null) {
      changes(board, last, view);
      lastOnes.forEach((slice, old) -> since(view, old, listings.get(slice)));
      view.watchRules(this, last.t());
    }
  }

  private void orders(Board board, View view) {
    for (OrderPlaced order : Orders.standing(view.events()).values()) {
      long[] net = Orders.net(order, view.events());
      boolean cancelled = view.events().stream().anyMatch(e -> cancels(e, order));
      boolean inside = view.past().holds(order.meta().time());
      note(Case.FOREIGN, inside && view.isForeign(order));
      note(
          Case.CANCELLED_AFTER_THE_WINDOW,
          cancelled && order.meta().time().isBefore(view.past().start()));
      boolean standingLeft =
          order.meta().time().isBefore(view.past().start())
              && view.events().stream()
                  .anyMatch(
                      e ->
                          e instanceof OrderPlaced p
                              && p.orderId().equals(order.orderId())
                              && view.past().holds(p.meta().time()));
      note(Case.STANDING_ORDER_LEFT, standingLeft);
      if (!inside) {
        continue;
      }
      long left = 0;
      for (int i = 0; i < net.length; i++) {
        left += net[i];
        Board.BuyerCap cap = board.buyerCap();
        note(
            Case.NO_BUYER_NO_CAP,
            cap != null && order.buyer().id() == null && net[i] > cap.units());
      }
      long placed = order.lines().stream().mapToLong(SalesEvent.Line::quantity).sum();
      note(Case.CANCELLED_IN_PART, left > 0 && left < placed);
      note(Case.CANCELLED_WHOLE, left == 0);
      note(Case.CANCELLED_TOO_MUCH, cancelled && tooMuch(order, view.events()));
    }
  }

  private static boolean cancels(SalesEvent event, OrderPlaced order) {
    return event instanceof OrderCancelled c && order.orderId().equals(c.orderId());
  }

  private static boolean tooMuch(OrderPlaced order, List<SalesEvent> events) {
    Map<String, Long> left = new HashMap<>();
    order.lines().forEach(l -> left.merge(l.productId(), l.quantity(), Long::sum));
    for (SalesEvent event : events) {
      if (event instanceof OrderCancelled c && cancels(event, order) && c.lines() != null) {
        for (SalesEvent.Line line : requireNonNull(c.lines())) {
          left.merge(line.productId(), -line.quantity(), Long::sum);
        }
      }
    }
    return left.values().stream().anyMatch(l -> l < 0);
  }

  private void times(Board board, View view) {
    Instant start = view.past().start();
    boolean before = false;
    boolean after = false;
    for (SalesEvent event : view.events()) {
      Instant time = event.meta().time();
      if (event instanceof CardChange) {
        continue;
      }
      before |= time.isBefore(start) && time.isAfter(start.minus(Duration.ofHours(1)));
      after |= view.past().holds(time);
      note(Case.FIRST_INSTANT, time.equals(start));
      note(Case.AT_T, time.equals(view.t()));
      note(
          Case.BEFORE_FIRST_INSTANT,
          time.isBefore(start) && !time.isBefore(start.minus(board.step())));
      boolean oldest = !time.isBefore(start) && time.isBefore(start.plus(board.step()));
      note(Case.OLDEST_STEP, oldest && board.window() instanceof Window.Sliding);
      Duration age = Duration.between(time, view.t());
      Duration half = Duration.between(start, view.t()).dividedBy(2);
      note(
          Case.OLD_STEP_OF_HALF_LIFE,
          board.window() instanceof Window.HalfLife
              && view.past().holds(time)
              && age.compareTo(half) > 0);
    }
    if (board.window() instanceof Window.Today today) {
      note(Case.MIDNIGHT, before && after);
      note(Case.CLOCK_CHANGE, after && changes(today.zone(), view.t()));
    }
  }

  private static boolean changes(ZoneId zone, Instant t) {
    LocalDate day = LocalDate.ofInstant(t, zone);
    Duration length = Duration.between(day.atStartOfDay(zone), day.plusDays(1).atStartOfDay(zone));
    return !length.equals(Duration.ofDays(1));
  }

  private void products(View view, Map<Slice, Expected> listings) {
    Set<String> sold = new HashSet<>();
    listings.values().forEach(l -> l.organic().forEach(o -> sold.add(o.productId())));
    for (String product : sold) {
      note(Case.INELIGIBLE, !view.cards().isEligible(product));
      note(Case.REMOVED, view.cards().isRemoved(product));
      note(Case.BROUGHT_BACK, view.cards().isBroughtBack(product));
      note(Case.CARD_MEMBER_NULL, view.cards().hasTombstone(product));
    }
    for (Map<String, BigInteger> scores : view.scores().values()) {
      note(Case.TAKEN_BACK_BELOW_NOTHING, scores.values().stream().anyMatch(s -> s.signum() < 0));
    }
  }

  private void listing(View view, Expected listing) {
    List<Ranked.Organic> organic = listing.organic();
    for (int i = 0; i < organic.size(); i++) {
      note(Case.BEYOND_64_BITS, organic.get(i).score().bitLength() > 63);
      if (i > 0 && organic.get(i).score().equals(organic.get(i - 1).score())) {
        hit.add(Case.TIE_BY_ID);
        String a = organic.get(i - 1).productId();
        String b = organic.get(i).productId();
        note(Case.TIE_BEYOND_UTF16, CodePointOrder.compare(a, b) < 0 != a.compareTo(b) < 0);
      }
    }
    Slice shows = listing.shows();
    note(Case.SHOWS_PARENT, shows != null && shows.values().containsKey("category"));
    note(Case.SHOWS_WHOLE, shows != null && !shows.values().containsKey("category"));
    for (Omitted omitted : listing.omitted()) {
      note(Case.HIDDEN, omitted.reason() == Omitted.Reason.HIDDEN);
      note(Case.CUT, omitted.reason() == Omitted.Reason.BELOW_THE_CUT);
    }
    view.watchDisplay(listing.slice(), this);
  }

  private void changes(Board board, View last, View view) {
    for (SalesEvent event : view.events()) {
      Instant time = event.meta().time();
      boolean old = last.events().contains(event);
      if (!(event instanceof CardChange)) {
        note(
            Case.LEFT_BY_EXPIRY,
            old && last.past().holds(time) && time.isBefore(view.past().start()));
        note(Case.WAITED, old && time.isAfter(last.t()) && view.past().holds(time));
      }
    }
    for (String product : view.products()) {
      String before = last.cards().member(product, "category");
      String after = view.cards().member(product, "category");
      note(Case.CATEGORY_MOVED, before != null && after != null && !before.equals(after));
    }
    if (board.buyerCap() != null) {
      Orders.Capped was = last.capped();
      Orders.Capped is = view.capped();
      note(Case.CAPPED, !is.cut().isEmpty());
      is.counted()
          .forEach(
              (line, units) -> {
                boolean freed = units > was.counted().getOrDefault(line, units);
                boolean byExpiry = view.past().start().isAfter(last.past().start());
                boolean same = view.events().size() == last.events().size();
                note(Case.CAP_FREED_BY_EXPIRY, freed && (same || byExpiry));
                note(Case.CAP_FREED_BY_CANCELLATION, freed && !byExpiry);
              });
    }
  }

  private void since(View view, Expected old, @Nullable Expected now) {
    note(Case.EMPTIED, now == null);
    if (now == null) {
      return;
    }
    for (Ranked.Organic a : old.organic()) {
      for (Ranked.Organic b : now.organic()) {
        note(
            Case.SHOWN_SWITCHED,
            !a.productId().equals(b.productId()) && view.sameGroup(a.productId(), b.productId()));
      }
    }
  }
}
