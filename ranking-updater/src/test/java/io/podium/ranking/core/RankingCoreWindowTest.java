package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.board.Score;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.Shop.BoardBuilder;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is inside a window, and with what weight. */
class RankingCoreWindowTest {
  private final Shop shop = new Shop();

  @Test
  void windowHoldsItsFirstInstantAndNotTheOneBefore() {
    BoardBuilder hour = Shop.board();
    RankingCore core =
        Shop.core(
            hour,
            shop.order("o1", Shop.at("0:59"), Buyer.UNKNOWN, new Line("old", 1, 0)),
            shop.order("o2", "1:00", "first", 1),
            shop.order("o3", "60:59", "last", 1));
    assertThat(Shop.organic(core)).containsExactly("first=1", "last=1");
  }

  @Test
  void stepThatTurnsTakesTheOldestOut() {
    RankingCore core =
        Shop.core(
            Shop.board(), shop.order("o1", "0:30", "P1", 1), shop.order("o2", "59:59", "P2", 1));
    assertThat(Shop.organic(core)).containsExactly("P1=1", "P2=1");
    Shop.apply(core, shop.order("o3", "60:00", "P3", 1));
    assertThat(Shop.organic(core)).containsExactly("P2=1", "P3=1");
  }

  @Test
  void quietTimeLongerThanTheWindowEmptiesIt() {
    RankingCore core =
        Shop.core(
            Shop.board(), shop.order("o1", "0:30", "P1", 1), shop.order("o2", "600:00", "P2", 1));
    assertThat(Shop.organic(core)).containsExactly("P2=1");
  }

  @Test
  void lateEventChangesNothing() {
    RankingCore core = Shop.core(Shop.board(), shop.order("o1", "70:00", "P1", 1));
    assertThat(core.apply(shop.order("o2", "10:59", "P2", 1), Shop.at("70:00").toEpochMilli()))
        .isEqualTo(Outcome.LATE);
    assertThat(Shop.organic(core)).containsExactly("P1=1");
  }

  @Test
  void halfLifeHalvesAStepAndForgetsAfterTwentyOfThem() {
    BoardBuilder fading = Shop.board();
    fading.window = new Window.HalfLife(Duration.ofMinutes(3));
    RankingCore core = Shop.core(fading, shop.order("o1", "0:10", "P1", 8));
    assertThat(Shop.organic(core)).containsExactly("P1=" + (8L << 40));
    Shop.apply(core, shop.order("o2", "3:00", "P2", 1));
    assertThat(Shop.organic(core)).containsExactly("P1=" + (4L << 40), "P2=" + (1L << 40));
    Shop.apply(core, shop.order("o3", "59:59", "P3", 1));
    assertThat(Shop.organic(core)).hasSize(3);
    Shop.apply(core, shop.order("o4", "60:00", "P3", 1));
    assertThat(Shop.organic(core)).hasSize(2);
  }

  @Test
  void halfLifeCopesWithManyNewProductsBetweenTwoReaders() {
    BoardBuilder fading = Shop.board();
    fading.window = new Window.HalfLife(Duration.ofMinutes(3));
    RankingCore core = Shop.core(fading, shop.order("o", "0:10", "P0", 8));
    // The totals of the next step are prepared for the products that there are.
    assertThat(core.rankChanged("b")).hasSize(1);
    for (int i = 1; i <= 2_000; i++) {
      Shop.apply(core, shop.order("o" + i, "0:20", "P" + i, 1));
    }
    // Nobody reads for more than a step, so that what was prepared is of no use.
    Shop.apply(core, shop.order("later", "5:10", "P0", 8));
    assertThat(Shop.organic(core).get(0)).startsWith("P0=");
    Shop.apply(core, shop.order("next", "6:10", "P0", 8));
    assertThat(Shop.organic(core).get(0)).startsWith("P0=");
  }

  @Test
  void todayStartsAtTheZonesMidnightAlsoOnADayOf25Hours() {
    BoardBuilder today = Shop.board();
    today.window = new Window.Today(ZoneId.of("America/New_York"));
    Instant midnight = Instant.parse("2026-11-01T04:00:00Z");
    RankingCore core =
        Shop.core(
            today,
            shop.order("o1", midnight.minusMillis(1), Buyer.UNKNOWN, new Line("P1", 1, 0)),
            shop.order("o2", midnight, Buyer.UNKNOWN, new Line("P2", 1, 0)),
            shop.order(
                "o3",
                midnight.plus(Duration.ofHours(25)).minusMillis(1),
                Buyer.UNKNOWN,
                new Line("P3", 1, 0)));
    assertThat(Shop.organic(core)).containsExactly("P2=1", "P3=1");
    Shop.apply(
        core,
        shop.order("o4", midnight.plus(Duration.ofHours(25)), Buyer.UNKNOWN, new Line("P4", 1, 0)));
    assertThat(Shop.organic(core)).containsExactly("P4=1");
  }

  @Test
  void scoresBeyond64BitsStayExact() {
    BoardBuilder revenue = Shop.board();
    revenue.score = new Score.Revenue();
    revenue.window = new Window.HalfLife(Duration.ofMinutes(30));
    long most = 1_000_000_000;
    RankingCore core =
        Shop.core(
            revenue,
            shop.order(
                "o1",
                Shop.at("0:00"),
                Buyer.UNKNOWN,
                new Line("P1", most, most),
                new Line("P1", most, most),
                new Line("P1", 1, 1)));
    assertThat(Shop.organic(core)).containsExactly("P1=2199023255552000001099511627776");
  }

  @Test
  void signalsCountWithTheirWeightAndOthersAreIgnored() {
    BoardBuilder weights = Shop.board();
    weights.score = new Score.Weights(Map.of("order.placed", 10L, "cart.added", 3L));
    RankingCore core =
        Shop.core(
            weights,
            shop.order("o1", "0:00", "P1", 2),
            shop.signal("cart.added", "0:01", "P2"),
            shop.signal("product.viewed", "0:02", "P3"));
    assertThat(Shop.organic(core)).containsExactly("P1=20", "P2=3");
    assertThat(core.counts().ignored()).isEqualTo(1);
  }
}
