package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.Shop.BoardBuilder;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Restarts, partitions and what is ranked again. */
class RankingCoreStateTest {
  private final Shop shop = new Shop();
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void restoredCoreGoesOnAsIfItHadNeverStopped() throws IOException {
    Board board = cuts().build();
    List<SalesEvent> events = events(600);
    RankingCore whole = new RankingCore(List.of(board), CoreLimits.DEFAULT);
    RankingCore restarted = new RankingCore(List.of(board), CoreLimits.DEFAULT);
    for (int i = 0; i < events.size(); i++) {
      if (i % 40 == 0) {
        // Read ahead or not: the same, also when the batch is not applied to its end.
        whole.prepare(events.subList(i, Math.min(events.size(), i + 70)));
      }
      Shop.apply(whole, events.get(i));
      Shop.apply(restarted, events.get(i));
      if (i % 50 == 0) {
        assertThat(restarted.rankChanged("b")).isEqualTo(whole.rankChanged("b"));
        restarted = restart(restarted, board);
        assertThat(restarted.rebuilt()).isEmpty();
      }
    }
    assertThat(restarted.rankChanged("b")).isEqualTo(whole.rankChanged("b"));
    assertThat(restarted.counts()).isEqualTo(whole.counts());
    assertThat(inUse(restarted)).isEqualTo(inUse(whole));
  }

  @Test
  void boardWithAnotherDefinitionIsNamedAndKnowsTheRememberedOrders() throws IOException {
    RankingCore core = Shop.core(Shop.board(), shop.order("o1", "0:00", "P1", 2));
    BoardBuilder other = Shop.board();
    other.window = new Window.Sliding(Duration.ofMinutes(30));
    RankingCore restored = restart(core, other.build());
    assertThat(restored.rebuilt()).containsExactly("b");
    Shop.apply(restored, shop.cancel("o1", "1:00", new Line("P1", 1, 0)));
    assertThat(Shop.organic(restored)).containsExactly("P1=1");
  }

  @Test
  void buyerProfilesThatNothingRefersToMakeRoom() throws IOException {
    BoardBuilder byAge = Shop.board();
    byAge.slices = List.of(List.of(), List.of("buyer.age"));
    byAge.window = new Window.Sliding(Duration.ofMinutes(5));
    Board board = byAge.build();
    CoreLimits d = CoreLimits.DEFAULT;
    CoreLimits few =
        new CoreLimits(
            d.maxAhead(),
            true,
            d.products(),
            200,
            d.series(),
            d.counters(),
            d.orderBytes(),
            d.orders(),
            d.remembered(),
            d.cappedLines(),
            d.waiting());
    RankingCore core = new RankingCore(List.of(board), few);
    for (int i = 0; i < 2_000; i++) {
      Buyer buyer = new Buyer(null, Map.of("age", "a" + i));
      SalesEvent order = shop.order("o" + i, Shop.at(i + ":00"), buyer, new Line("P", 1, 1));
      assertThat(core.apply(order, order.meta().time().toEpochMilli()))
          .as("order %s", i)
          .isEqualTo(Outcome.APPLIED);
      if (i % 90 == 0) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        core.save(out);
        List<Ranked> before = ranked(core);
        core =
            RankingCore.restore(List.of(board), few, new ByteArrayInputStream(out.toByteArray()));
        assertThat(ranked(core)).isEqualTo(before);
      }
    }
    // 200 minutes fit; the window holds 5, the orders of another hour are remembered.
    assertThat(core.values("b").get("buyer.age")).hasSizeLessThanOrEqualTo(200).contains("a1999");
    assertThat(Shop.organic(core, Shop.slice("buyer.age", "a1997"))).containsExactly("P=1");
  }

  private static List<Ranked> ranked(RankingCore core) {
    return core.listings("b").stream().map(core::rank).toList();
  }

  @Test
  void foreignSnapshotIsRefused() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    RankingCore.restore(
                        List.of(Shop.board().build()),
                        CoreLimits.DEFAULT,
                        new ByteArrayInputStream(new byte[64]))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("replay");
  }

  @Test
  void oneToSixteenPartitionsMergeToTheSameListings() {
    for (String rankBy : new String[] {"", "group"}) {
      BoardBuilder b = cuts();
      b.size = 3;
      b.rankBy = rankBy.isEmpty() ? null : rankBy;
      Board board = b.build();
      List<SalesEvent> events = events(800);
      RankingCore whole = new RankingCore(List.of(board), CoreLimits.DEFAULT);
      Shop.apply(whole, events.toArray(SalesEvent[]::new));
      for (int parts = 1; parts <= 16; parts++) {
        List<RankingCore> cores = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
          cores.add(new RankingCore(List.of(board), CoreLimits.DEFAULT, new Share(i, parts)));
          Shop.apply(cores.get(i), events.toArray(SalesEvent[]::new));
        }
        PartialMerge merge = new PartialMerge(board, cores);
        assertThat(merge.listings()).isEqualTo(whole.listings("b")).isNotEmpty();
        for (ListingKey key : whole.listings("b")) {
          assertThat(merge.rank(key)).isEqualTo(whole.rank(key));
        }
      }
    }
  }

  @Test
  void onlyWhatChangedIsReturnedAndWhatBecameEmptyOnce() {
    BoardBuilder byCategory = Shop.board();
    byCategory.slices = List.of(List.of(), List.of("category"));
    RankingCore core =
        Shop.core(
            byCategory,
            shop.card("-60:00", "P1", "category", "\"a/b\""),
            shop.card("-60:00", "P2", "category", "\"c\""),
            shop.order("o1", "0:00", "P1", 1),
            shop.order("o2", "0:00", "P2", 1));
    assertThat(core.rankChanged("b")).hasSize(4);
    assertThat(core.rankChanged("b")).isEmpty();
    Shop.apply(core, shop.order("o3", "1:00", "P2", 1));
    assertThat(core.rankChanged("b")).hasSize(2);
    Shop.apply(core, shop.card("1:00", "P2", "category", "\"a\""));
    assertThat(core.rankChanged("b"))
        .extracting(r -> r.key().slice().values().get("category"), r -> r.organic().size())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 2),
            org.assertj.core.groups.Tuple.tuple("c", 0));
    assertThat(core.rankChanged("b")).isEmpty();
    core.forgetReturned("b");
    assertThat(core.rankChanged("b")).hasSize(3);
  }

  @Test
  void aRankingInPartsLooksAtEachListingOnceWithWhatItIsThen() {
    BoardBuilder byCategory = Shop.board();
    byCategory.slices = List.of(List.of("category"));
    RankingCore core =
        Shop.core(
            byCategory,
            shop.card("-60:00", "P1", "category", "\"a\""),
            shop.card("-60:00", "P2", "category", "\"b\""),
            shop.order("o1", "0:00", "P1", 1),
            shop.order("o2", "0:00", "P2", 1));
    assertThat(core.rankChanged("b", 1))
        .extracting(RankingCoreStateTest::sold)
        .containsExactly("a1");
    assertThat(core.isAmidRanking("b")).isTrue();
    // Of one that was looked at the next ranking tells, of the other this one.
    Shop.apply(core, shop.order("o3", "1:00", "P1", 1));
    Shop.apply(core, shop.order("o4", "1:00", "P2", 1));
    assertThat(core.rankChanged("b", 1))
        .extracting(RankingCoreStateTest::sold)
        .containsExactly("b2");
    assertThat(core.isAmidRanking("b")).isFalse();
    assertThat(core.rankChanged("b", 9))
        .extracting(RankingCoreStateTest::sold)
        .containsExactly("a2");
    assertThat(core.rankChanged("b", 9)).isEmpty();
  }

  @Test
  void whatWasProvenBeforeItsTurnIsToldWhenItChangesBack() {
    BoardBuilder byCategory = Shop.board();
    byCategory.slices = List.of(List.of("category"));
    RankingCore core =
        Shop.core(
            byCategory,
            shop.card("-60:00", "P1", "category", "\"a\""),
            shop.order("o1", "0:00", "P1", 1));
    assertThat(core.rankChanged("b")).extracting(RankingCoreStateTest::sold).containsExactly("a1");
    Shop.apply(core, shop.order("o2", "1:00", "P1", 1));
    Slice slice = Slice.of(Map.of("category", "a"));
    assertThat(core.evidence("b", List.of(slice)))
        .extracting(RankingCoreStateTest::sold)
        .containsExactly("a2");
    Shop.apply(core, shop.cancel("o2", "1:00", new Line("P1", 1, 0)));
    assertThat(core.rankChanged("b")).extracting(RankingCoreStateTest::sold).containsExactly("a1");
    assertThat(core.rankAhead(new ListingKey("b", slice)).organic()).hasSize(1);
    assertThat(core.rankChanged("b")).isEmpty();
  }

  private static String sold(Ranked listing) {
    return listing.key().slice().values().get("category") + listing.organic().get(0).score();
  }

  /** Without what only waits to be dropped. */
  private static List<CoreMemory.Store> inUse(RankingCore core) {
    return core.memory().stores().stream()
        .filter(s -> !s.name().equals("event-ids") && !s.name().equals("order-bytes"))
        .toList();
  }

  private static RankingCore restart(RankingCore core, Board board) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    core.save(out);
    return RankingCore.restore(
        List.of(board), CoreLimits.DEFAULT, new ByteArrayInputStream(out.toByteArray()));
  }

  private static BoardBuilder cuts() {
    BoardBuilder b = Shop.board();
    b.slices =
        List.of(
            List.of(), List.of("category"), List.of("category", "buyer.age"), List.of("buyer.age"));
    b.cap = new Board.BuyerCap(2, Duration.ofDays(1));
    b.minEntries = 2;
    b.maxValues = 4;
    b.size = 5;
    return b;
  }

  private List<SalesEvent> events(int count) {
    List<SalesEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String time = (i / 4) + ":" + random.nextInt(60);
      String product = "P" + random.nextInt(30);
      int what = random.nextInt(10);
      if (what < 6) {
        Buyer buyer =
            new Buyer("b" + random.nextInt(5), Map.of("age", random.nextInt(1, 6) + "0s"));
        events.add(
            shop.order(
                "o" + i,
                Shop.at(time),
                buyer,
                new Line(product, random.nextInt(1, 4), 10),
                new Line("P" + random.nextInt(30), 1, 10)));
      } else if (what == 6) {
        events.add(shop.cancel("o" + random.nextInt(i + 2), time));
      } else if (what == 7) {
        events.add(shop.card(time, product, "group", "\"g" + random.nextInt(6) + "\""));
      } else {
        events.add(shop.card(time, product, "category", "\"a/" + random.nextInt(6) + "\""));
      }
    }
    return events;
  }
}
