package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.board.Score;
import io.podium.ranking.core.Shop.BoardBuilder;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stream time, events ahead of it, and the bounds. */
class RankingCoreClockTest {
  private final Shop shop = new Shop();

  @Test
  void eventAheadOfTheWallClockWaits() {
    BoardBuilder wall = Shop.board();
    wall.eventClock = false;
    RankingCore core = new RankingCore(List.of(wall.build()), CoreLimits.DEFAULT);
    core.advance(millis("0:00"));
    OrderPlaced order = shop.order("o1", "4:00", "P1", 1);
    assertThat(core.apply(order, millis("0:00"))).isEqualTo(Outcome.WAITING);
    assertThat(core.counts().waiting()).isEqualTo(1);
    core.advance(millis("3:59"));
    assertThat(Shop.organic(core)).isEmpty();
    core.advance(millis("4:00"));
    assertThat(Shop.organic(core)).containsExactly("P1=1");
    assertThat(core.counts().waiting()).isZero();
    assertThat(core.counts().applied()).isEqualTo(1);
    assertThat(core.apply(order, millis("4:00"))).isEqualTo(Outcome.DUPLICATE);
  }

  /** The next batch is read ahead before time moves, which may end the wait of what was current. */
  @Test
  void whatWaitedIsCountedForItsProductWhateverIsReadAheadMeanwhile() throws IOException {
    BoardBuilder wall = Shop.board();
    wall.eventClock = false;
    wall.size = 20;
    wall.score = new Score.Weights(Map.of("order.placed", 1L, "cart.added", 5L));
    for (int orders : new int[] {0, 1, 4}) {
      RankingCore core = new RankingCore(List.of(wall.build()), CoreLimits.DEFAULT);
      core.advance(millis("0:00"));
      List<SalesEvent> first = new ArrayList<>();
      List<String> expected = new ArrayList<>(List.of("P=5"));
      for (int i = 0; i < 12; i++) {
        first.add(shop.signal("cart.added", "0:00", "A" + i));
        expected.add("A" + i + "=5");
      }
      first.add(shop.signal("cart.added", "0:01", "P"));
      core.prepare(first);
      first.forEach(event -> core.apply(event, millis("0:00")));
      List<SalesEvent> second = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        Line[] lines = new Line[4];
        Arrays.setAll(lines, line -> new Line("A" + line, 1, 0));
        second.add(shop.order(orders + "-" + i, Shop.at("0:01"), Buyer.UNKNOWN, lines));
      }
      core.prepare(second);
      ByteArrayOutputStream saved = new ByteArrayOutputStream();
      core.save(saved);
      core.advance(millis("0:01"));
      assertThat(Shop.organic(core)).containsExactlyInAnyOrderElementsOf(expected);
      RankingCore restored =
          RankingCore.restore(
              List.of(wall.build()),
              CoreLimits.DEFAULT,
              new ByteArrayInputStream(saved.toByteArray()));
      restored.advance(millis("0:01"));
      assertThat(Shop.organic(restored)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void eventFurtherAheadThanAllowedIsRejectedWithEitherClock() {
    RankingCore core = Shop.core(Shop.board());
    OrderPlaced order = shop.order("o1", "5:01", "P1", 1);
    assertThat(core.apply(order, millis("0:00"))).isEqualTo(Outcome.REJECTED);
    assertThat(core.counts().rejected()).containsEntry("time-ahead", 1L);
    assertThat(core.streamTime("b")).isNull();
  }

  @Test
  void eventClockFollowsSalesAndNotCards() {
    RankingCore core = Shop.core(Shop.board(), shop.order("o1", "1:00", "P1", 1));
    BoardBuilder byBrand = Shop.board();
    byBrand.slices = List.of(List.of("brand"));
    RankingCore cut = Shop.core(byBrand, shop.order("o1", "1:00", "P1", 1));
    assertThat(cut.apply(shop.card("2:00", "P1", "brand", "\"x\""), millis("2:00")))
        .isEqualTo(Outcome.WAITING);
    assertThat(core.streamTime("b")).isEqualTo(Shop.at("1:00"));
    assertThat(cut.listings("b")).isEmpty();
    Shop.apply(cut, shop.order("o2", "2:00", "P2", 1));
    assertThat(Shop.organic(cut, Shop.slice("brand", "x"))).containsExactly("P1=1");
  }

  @Test
  void clockNeverGoesBack() {
    BoardBuilder wall = Shop.board();
    wall.eventClock = false;
    RankingCore core = new RankingCore(List.of(wall.build()), CoreLimits.DEFAULT);
    core.advance(millis("5:00"));
    core.advance(millis("4:00"));
    assertThat(core.streamTime("b")).isEqualTo(Shop.at("5:00"));
  }

  @Test
  void fixedTimeSeesNothingLaterButCancellations() {
    RankingCore core =
        RankingCore.at(List.of(Shop.board().build()), CoreLimits.rank(), Shop.at("10:00"));
    Shop.apply(
        core,
        shop.order("o1", "9:00", "P1", 3),
        shop.order("o2", "11:00", "P2", 3),
        shop.cancel("o1", "12:00", new io.podium.ranking.event.SalesEvent.Line("P1", 1, 0)));
    assertThat(Shop.organic(core)).containsExactly("P1=2");
  }

  @Test
  void fullCoreRefusesWithoutCountingAndTakesTheSameEventOnceThereIsRoom() {
    CoreLimits d = CoreLimits.DEFAULT;
    CoreLimits tight =
        new CoreLimits(d.maxAhead(), true, 100, 10, 100, 2, d.orderBytes(), 100, 100, 100, 100);
    RankingCore core = new RankingCore(List.of(Shop.board().build()), tight);
    Shop.apply(core, shop.order("o1", "0:00", "P1", 1), shop.order("o2", "30:00", "P2", 1));
    OrderPlaced third = shop.order("o3", "30:30", "P3", 1);
    assertThat(core.apply(third, millis("30:30"))).isEqualTo(Outcome.FULL);
    assertThat(core.counts().received()).isEqualTo(2);
    assertThat(Shop.organic(core)).containsExactly("P1=1", "P2=1");
    OrderPlaced later = shop.order("o4", "60:00", "P4", 1);
    assertThat(core.apply(later, millis("60:00"))).as("P1 has left").isEqualTo(Outcome.APPLIED);
    assertThat(core.memory().stores())
        .anySatisfy(s -> assertThat(s).isEqualTo(new CoreMemory.Store("counters", 2, 2)));
  }

  @Test
  void memoryIsGivenBackAsTimePasses() {
    RankingCore core = Shop.core(Shop.board());
    for (int i = 0; i < 5_000; i++) {
      Shop.apply(core, shop.order("o" + i, i + ":00", "P" + i, 1));
    }
    core.rankChanged("b");
    for (CoreMemory.Store s : core.memory().stores()) {
      if (!s.name().equals("order-bytes") && !s.name().equals("event-ids")) {
        assertThat(s.used()).as(s.name()).isLessThan(200);
      }
    }
  }

  private static long millis(String time) {
    Instant at = Shop.at(time);
    return at.toEpochMilli();
  }
}
