package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.board.Board;
import io.podium.ranking.board.Score;
import io.podium.ranking.core.Shop.BoardBuilder;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders, what is taken back of them, repeats, and the buyer cap. */
class RankingCoreOrdersTest {
  private final Shop shop = new Shop();

  @Test
  void cancellationGoesBackToItsOrderWhicheverCameFirst() {
    RankingCore core =
        Shop.core(
            Shop.board(),
            shop.cancel("o1", "5:00", new Line("P1", 1, 0)),
            shop.order("o1", "0:00", "P1", 3),
            shop.order("o2", "0:00", "P2", 3),
            shop.cancel("o2", "6:00", new Line("P2", 2, 0)));
    assertThat(Shop.organic(core)).containsExactly("P1=2", "P2=1");
  }

  @Test
  void cancellingMoreThanWasPlacedLeavesZero() {
    RankingCore core =
        Shop.core(
            Shop.board(),
            shop.order("o1", "0:00", "P1", 3),
            shop.order("o2", "0:00", "P1", 1),
            shop.cancel("o1", "1:00", new Line("P1", 2, 0)),
            shop.cancel("o1", "2:00", new Line("P1", 2, 0)));
    assertThat(Shop.organic(core)).containsExactly("P1=1");
  }

  @Test
  void linesOfOneProductAreTakenBackInTheirOrder() {
    BoardBuilder revenue = Shop.board();
    revenue.score = new Score.Revenue();
    RankingCore core =
        Shop.core(
            revenue,
            shop.order(
                "o1",
                Shop.at("0:00"),
                Buyer.UNKNOWN,
                new Line("P1", 2, 10),
                new Line("P1", 2, 100)),
            shop.cancel("o1", "1:00", new Line("P1", 3, 0)));
    assertThat(Shop.organic(core)).containsExactly("P1=100");
  }

  @Test
  void cancellationWithoutOrderSubtractsFromItsOwnStep() {
    RankingCore core =
        Shop.core(
            Shop.board(),
            shop.order("o1", "0:30", "P1", 4),
            shop.cancel(null, "10:00", new Line("P1", 3, 0)));
    assertThat(Shop.organic(core)).containsExactly("P1=1");
    Shop.apply(core, shop.order("o2", "60:00", "P2", 1));
    assertThat(Shop.organic(core)).as("its order has left, it has not").containsExactly("P2=1");
  }

  @Test
  void earliestPlacementOfAnOrderStands() {
    RankingCore core =
        Shop.core(
            Shop.board(),
            shop.cancel("o1", "3:00", new Line("P2", 1, 0)),
            shop.order("o1", "2:00", "P1", 5),
            shop.order("o1", "1:00", "P2", 3));
    assertThat(Shop.organic(core)).containsExactly("P2=2");
    assertThat(core.counts().duplicate()).isEqualTo(1);
    assertThat(core.counts().applied()).isEqualTo(2);
  }

  @Test
  void repeatedEventCountsOnceAndOtherContentIsAConflict() {
    OrderPlaced first = shop.order("o1", "0:00", "P1", 1);
    Meta m = first.meta();
    OrderPlaced other =
        new OrderPlaced(
            new Meta(m.source(), m.id(), m.type(), m.time(), m.contentHash() + 1),
            "o2",
            "KRW",
            Buyer.UNKNOWN,
            List.of(new Line("P9", 9, 0)));
    RankingCore core = Shop.core(Shop.board(), first, first, other);
    assertThat(Shop.organic(core)).containsExactly("P1=1");
    assertThat(core.counts().duplicate()).isEqualTo(2);
    assertThat(core.counts().conflict()).isEqualTo(1);
  }

  @Test
  void foreignCurrencyCountsNowhereAndIsCounted() {
    OrderPlaced won = shop.order("o1", "0:00", "P1", 1);
    OrderPlaced dollars =
        new OrderPlaced(
            shop.meta("order.placed", Shop.at("0:00")), "o2", "USD", won.buyer(), won.lines());
    RankingCore core = Shop.core(Shop.board(), won, dollars);
    assertThat(Shop.organic(core)).containsExactly("P1=1");
    assertThat(core.counts().foreign()).containsEntry("b", 1L);
  }

  @Test
  void capTakesTheEarliestUnitsOfABuyerAfterCancellations() {
    RankingCore core =
        Shop.core(
            capped(3),
            shop.order("o2", Shop.at("2:00"), Shop.buyer("b1"), new Line("P1", 4, 1)),
            shop.order("o1", Shop.at("1:00"), Shop.buyer("b1"), new Line("P1", 4, 1)),
            shop.order("o3", Shop.at("1:00"), Shop.buyer("b2"), new Line("P1", 2, 1)),
            shop.order("o4", Shop.at("1:00"), Buyer.UNKNOWN, new Line("P1", 9, 1)));
    assertThat(Shop.organic(core)).containsExactly("P1=14");
    Shop.apply(core, shop.cancel("o1", "3:00"), shop.cancel("o2", "3:00", new Line("P1", 2, 0)));
    assertThat(Shop.organic(core)).containsExactly("P1=13");
  }

  @Test
  void unitsThatLeaveTheWindowFreeTheCap() {
    RankingCore core =
        Shop.core(
            capped(3),
            shop.order("o1", Shop.at("0:30"), Shop.buyer("b1"), new Line("P1", 3, 1)),
            shop.order("o2", Shop.at("30:00"), Shop.buyer("b1"), new Line("P1", 2, 1)));
    assertThat(Shop.organic(core)).containsExactly("P1=3");
    Shop.apply(core, shop.order("o3", "60:00", "P2", 1));
    assertThat(Shop.organic(core)).containsExactly("P1=2", "P2=1");
  }

  private static BoardBuilder capped(long units) {
    BoardBuilder b = Shop.board();
    b.cap = new Board.BuyerCap(units, Duration.ofDays(1));
    return b;
  }
}
