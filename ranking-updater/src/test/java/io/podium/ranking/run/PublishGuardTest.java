package io.podium.ranking.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Board.Guard;
import io.podium.ranking.board.Score;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guard over what a real core ranks: an hour by steps of a minute, on the clock of events. */
class PublishGuardTest {
  private static final Board BOARD = board(new Guard(0.5, 3, 0.5));
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

  private final RankingCore core = new RankingCore(List.of(BOARD), CoreLimits.DEFAULT);
  private int ids;
  private Listing before = listing(core.rank(new ListingKey("b", Slice.WHOLE_SHOP)));

  private static Board board(Guard guard) {
    return new Board(
        "b",
        Map.of(),
        new Score.Units(),
        new Window.Sliding(Duration.ofHours(1)),
        Duration.ofMinutes(1),
        true,
        Duration.ofSeconds(1),
        10,
        List.of(List.of()),
        "KRW",
        null,
        null,
        null,
        0,
        Duration.ofHours(1),
        10_000,
        Duration.ofMinutes(10),
        Duration.ofDays(1),
        false,
        false,
        guard);
  }

  @AfterEach
  void close() {
    core.close();
  }

  private Meta meta(String type, String time) {
    String[] parts = time.split(":", 2);
    Instant at = NINE.plusSeconds(60L * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]));
    return new Meta("/t", "e" + ids, type, at, ids++);
  }

  private void order(String id, String time, String product, long quantity) {
    apply(
        new OrderPlaced(
            meta("order.placed", time),
            id,
            "KRW",
            Buyer.UNKNOWN,
            List.of(new Line(product, quantity, 100))));
  }

  private void cancel(String id, String time) {
    apply(new OrderCancelled(meta("order.cancelled", time), id, null, Buyer.UNKNOWN, null));
  }

  private void apply(SalesEvent event) {
    core.apply(event, event.meta().time().toEpochMilli());
  }

  private Optional<Ranked> ranked() {
    return core.rankChanged("b").stream().findFirst();
  }

  private static Listing listing(Ranked r) {
    return Composer.compose(r, r.asOf(), Optional.empty(), Optional.empty(), 1);
  }

  private void publish() {
    before = listing(ranked().orElseThrow());
  }

  private Optional<String> objection() {
    return PublishGuard.objection(BOARD, before, ranked().orElseThrow());
  }

  private void four(String time) {
    for (int i = 1; i <= 4; i++) {
      order("o" + i, time, "P" + i, 50 - 10L * i);
    }
  }

  @Test
  void allCancelledWithinAStepIsJudged() {
    four("0:10");
    publish();
    for (int i = 1; i <= 4; i++) {
      cancel("o" + i, "0:40");
    }
    assertThat(objection()).contains("4 of 4 entries would be lost");
  }

  @Test
  void allCancelledWhileAStepTurnsIsJudged() {
    four("0:10");
    publish();
    for (int i = 1; i <= 4; i++) {
      cancel("o" + i, "3:05");
    }
    order("late", "3:06", "P9", 1);
    assertThat(objection()).contains("4 of 4 entries would be lost");
  }

  @Test
  void whatRollsOutIsNotJudged() {
    four("0:10");
    order("last", "30:00", "P9", 1);
    publish();
    order("later", "61:00", "P9", 1);
    assertThat(objection()).isEmpty();
    assertThat(core.rank(before.key()).displayed()).hasSize(1);
  }

  @Test
  void whatWouldHaveStayedButForACancellationIsJudgedAlthoughTheRestRolledOut() {
    four("0:10");
    for (int i = 1; i <= 4; i++) {
      order("more" + i, "30:00", "P" + i, 1);
    }
    publish();
    for (int i = 1; i <= 4; i++) {
      cancel("more" + i, "61:00");
    }
    order("later", "61:01", "P9", 1);
    assertThat(objection()).contains("4 of 4 entries would be lost");
  }

  @Test
  void whatSinksAsItsOwnSalesRollOutIsNotJudgedButWhatIsOvertakenIs() {
    for (int i = 1; i <= 3; i++) {
      order("old" + i, "0:10", "P" + i, 100);
      order("new" + i, "30:00", "P" + i, 1);
      order("other" + i, "30:00", "Q" + i, 50);
    }
    publish();
    assertThat(before.entries().get(0).productId()).isEqualTo("P1");
    order("later", "61:00", "P9", 1);
    assertThat(objection()).isEmpty();

    before = listing(core.rank(before.key()));
    for (int i = 1; i <= 3; i++) {
      order("flood" + i, "61:10", "X" + i, 1_000);
    }
    assertThat(objection()).contains("3 of the first 3 would change");
  }

  @Test
  void withoutKnowingWhatRolledOutOnlyATurnExcuses() {
    four("0:10");
    publish();
    for (int i = 1; i <= 4; i++) {
      cancel("o" + i, "0:40");
    }
    Ranked unknown = core.rank(before.key());
    assertThat(unknown.rolled()).isNull();
    assertThat(PublishGuard.objection(BOARD, before, unknown)).isPresent();
    order("later", "2:00", "P9", 1);
    assertThat(PublishGuard.objection(BOARD, before, core.rank(before.key()))).isEmpty();
  }

  @Test
  void whatWaitsIsReplacedWithWhatRolledOutOfBoth() {
    four("0:10");
    publish();
    Waiting waiting = new Waiting(Comparator.comparing(ListingKey::board));
    order("first", "61:00", "P9", 1);
    waiting.offer(List.of(ranked().orElseThrow()));
    order("second", "61:30", "P9", 1);
    waiting.offer(List.of(ranked().orElseThrow()));
    waiting.offer(List.of(core.rank(before.key())));
    Ranked next = requireNonNull(waiting.take().listings().get(before.key()));
    assertThat(next.rolled()).hasSize(4);
    assertThat(PublishGuard.objection(BOARD, before, next)).isEmpty();
  }
}
