package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.card.Card;
import io.podium.listing.Omitted;
import io.podium.listing.Omitted.Reason;
import io.podium.listing.Slice;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.Rule.Action;
import io.podium.ranking.core.Ranked.Displayed;
import io.podium.ranking.core.Ranked.Organic;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is left of the organic entries, and in which order. */
class DisplayedOrderTest extends DisplayedOrderSetting {
  @Test
  void withoutRules_displayedIsOrganic() {
    sold("P1", "P2");

    assertThat(shown().displayed())
        .containsExactly(
            new Displayed("P1", BigInteger.TEN, 1, false, false),
            new Displayed("P2", BigInteger.valueOf(9), 2, false, false));
    assertThat(shown().omitted()).isEmpty();
  }

  @Test
  void size_cuts() {
    members = "size: 2";
    sold("P1", "P2", "P3", "P4", "P5");

    assertThat(order()).containsExactly("P1", "P2");
    assertThat(shown().omitted())
        .containsExactly(
            new Omitted("P3", BigInteger.valueOf(8), 3, Reason.BELOW_THE_CUT, false),
            new Omitted("P4", BigInteger.valueOf(7), 4, Reason.BELOW_THE_CUT, false));
  }

  @Test
  void onlyTwiceTheSize_isLookedAt() {
    members = "size: 1";
    sold("P1", "P2", "P3");
    boost("P3", "100");

    assertThat(order()).containsExactly("P1");
    boost("P2", "2");
    assertThat(order()).containsExactly("P2");
  }

  @Test
  void boostAndBury_multiplyExactly() {
    sold("P1", 10);
    sold("P2", 9);
    sold("P3", 3);
    boost("P3", "3.0000000000001");
    bury("P1", "0.9");

    // 9, 9 and 9.0000000000003: the tie goes by id.
    assertThat(order()).containsExactly("P3", "P1", "P2");
  }

  @Test
  void severalFactors_multiply() {
    sold("P1", 10);
    sold("P2", 6);
    boost("P2", "2");
    bury("P2", "0.8");
    assertThat(order()).containsExactly("P1", "P2");

    boost("P2", "1.1");
    assertThat(order()).containsExactly("P2", "P1");
  }

  @Test
  void factors_areExactBeyondDoubles() {
    BigInteger huge = new BigInteger("90071992547409930000");
    organic.add(new Organic("P1", huge.add(BigInteger.ONE)));
    organic.add(new Organic("P2", huge));
    bury("P1", "0.999999999999");
    bury("P2", "0.999999999999");

    assertThat(order()).containsExactly("P1", "P2");
  }

  @Test
  void ties_goByCodePoint() {
    sold("\uFF5E", 2);
    sold("\uD83D\uDE00", 1);
    sold("a", 1);
    bury("\uFF5E", "0.5");

    assertThat(order()).containsExactly("a", "\uFF5E", "\uD83D\uDE00");
  }

  @Test
  void displayedScore_isTheOrganicOne_andBoostIsPromotion() {
    sold("P1", "P2");
    boost("P2", "2");
    bury("P1", "0.5");

    assertThat(shown().displayed())
        .containsExactly(
            new Displayed("P2", BigInteger.valueOf(9), 2, true, false),
            new Displayed("P1", BigInteger.TEN, 1, false, true));
  }

  @Test
  void whatIsBuriedBelowTheCut_wasMoved() {
    members = "size: 1";
    sold("P1", "P2");
    bury("P1", "0.5");

    assertThat(order()).containsExactly("P2");
    assertThat(shown().omitted())
        .containsExactly(new Omitted("P1", BigInteger.TEN, 1, Reason.BELOW_THE_CUT, true));
  }

  @Test
  void hiddenAndIneligible_areDropped() {
    sold("P1", "P2", "P3", "P4", "P5", "P6");
    hide("P1");
    card("P2", "stock", "0");
    card("P3", "onSale", "false");
    card("P4", "recalled", "true");
    cards.put("P5", Card.removal("P5", STAMP));

    assertThat(order()).containsExactly("P6");
    assertThat(shown().omitted())
        .extracting(Omitted::productId, Omitted::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("P1", Reason.HIDDEN),
            org.assertj.core.groups.Tuple.tuple("P2", Reason.INELIGIBLE),
            org.assertj.core.groups.Tuple.tuple("P3", Reason.INELIGIBLE),
            org.assertj.core.groups.Tuple.tuple("P4", Reason.INELIGIBLE),
            org.assertj.core.groups.Tuple.tuple("P5", Reason.INELIGIBLE));
  }

  @Test
  void droppedProducts_leaveRoomForTheNext() {
    members = "size: 2";
    sold("P1", "P2", "P3", "P4");
    hide("P1");
    hide("P2");

    assertThat(order()).containsExactly("P3", "P4");
  }

  @Test
  void rule_isValidFromInclusiveUntilExclusive() {
    sold("P1", "P2", "P3", "P4");
    rules.add(timed("P1", T, null));
    rules.add(timed("P2", T.plusNanos(1), null));
    rules.add(timed("P3", null, T));
    rules.add(timed("P4", null, T.plusNanos(1)));

    assertThat(order()).containsExactly("P2", "P3");
  }

  private static Rule timed(String product, @Nullable Instant from, @Nullable Instant until) {
    return new Rule("r", "b", null, product, Action.HIDE, 0, null, from, until, "m", "r");
  }

  @Test
  void rule_appliesToItsSliceOnly_orToAll() {
    sold("P1", "P2", "P3");
    Slice beauty = Slice.of(Map.of("category", "beauty"));
    rules.add(new Rule("1", "b", beauty, "P1", Action.HIDE, 0, null, null, null, "m", "r"));
    rules.add(
        new Rule("2", "b", Slice.WHOLE_SHOP, "P2", Action.HIDE, 0, null, null, null, "m", "r"));
    rules.add(new Rule("3", "other", null, "P3", Action.HIDE, 0, null, null, null, "m", "r"));
    assertThat(order()).containsExactly("P1", "P3");

    slice = beauty;
    assertThat(order()).containsExactly("P2", "P3");
  }
}
