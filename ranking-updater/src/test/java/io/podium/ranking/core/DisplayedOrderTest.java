package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.config.Config;
import io.podium.listing.Omitted;
import io.podium.listing.Omitted.Reason;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.Rule.Action;
import io.podium.ranking.core.Ranked.Displayed;
import io.podium.ranking.core.Ranked.Organic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DisplayedOrderTest {
  private static final Instant T = Instant.parse("2026-11-22T09:30:00Z");
  private static final Stamp STAMP = new Stamp(T, "e");

  private final List<Organic> organic = new ArrayList<>();
  private final Map<String, Card> cards = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();
  private Slice slice = Slice.WHOLE_SHOP;
  private String members = "size: 10";

  /** Organic entries of scores 10, 9, 8, … */
  private void sold(String... products) {
    for (String product : products) {
      sold(product, 10 - organic.size());
    }
  }

  private void sold(String product, long score) {
    organic.add(new Organic(product, BigInteger.valueOf(score)));
  }

  private void card(String product, String member, String json) {
    cards.merge(product, Card.of(product, Map.of(member, new Member(STAMP, json))), Card::merge);
  }

  private void brands(String brand, String... products) {
    for (String product : products) {
      card(product, "brand", "\"" + brand + "\"");
    }
  }

  private Rule rule(Action action, String product, int place, @Nullable String factor) {
    BigDecimal by = factor == null ? null : new BigDecimal(factor);
    String id = "r" + rules.size();
    return new Rule(id, "b", null, product, action, place, by, null, null, "merch-1", "day");
  }

  private void pin(String product, int place) {
    rules.add(rule(Action.PIN, product, place, null));
  }

  private void pin(String id, String product, int place, @Nullable String from) {
    Instant start = from == null ? null : Instant.parse(from);
    rules.add(new Rule(id, "b", null, product, Action.PIN, place, null, start, null, "m", "r"));
  }

  private void hide(String product) {
    rules.add(rule(Action.HIDE, product, 0, null));
  }

  private void boost(String product, String factor) {
    rules.add(rule(Action.BOOST, product, 0, factor));
  }

  private void bury(String product, String factor) {
    rules.add(rule(Action.BURY, product, 0, factor));
  }

  private Shown shown() {
    String yaml = "{b: {score: units, window: PT1H, slices: [[], [category]], " + members + "}}";
    Board board = BoardParser.parse(Config.parse(yaml, "test")).get(0);
    return DisplayedOrder.of(board, slice, organic, cards::get, rules, T);
  }

  private List<String> order() {
    return shown().displayed().stream().map(Displayed::productId).toList();
  }

  @Test
  void withoutRules_displayedIsOrganic() {
    sold("P1", "P2");

    assertThat(shown().displayed())
        .containsExactly(
            new Displayed("P1", BigInteger.TEN, 1, false),
            new Displayed("P2", BigInteger.valueOf(9), 2, false));
    assertThat(shown().omitted()).isEmpty();
  }

  @Test
  void size_cuts() {
    members = "size: 2";
    sold("P1", "P2", "P3", "P4", "P5");

    assertThat(order()).containsExactly("P1", "P2");
    assertThat(shown().omitted())
        .containsExactly(
            new Omitted("P3", BigInteger.valueOf(8), 3, Reason.BELOW_THE_CUT),
            new Omitted("P4", BigInteger.valueOf(7), 4, Reason.BELOW_THE_CUT));
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
            new Displayed("P2", BigInteger.valueOf(9), 2, true),
            new Displayed("P1", BigInteger.TEN, 1, false));
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

  @Test
  void pin_standsAtItsExactPlace() {
    sold("P1", "P2", "P3");
    pin("P3", 1);
    assertThat(order()).containsExactly("P3", "P1", "P2");

    rules.clear();
    pin("P1", 2);
    assertThat(order()).containsExactly("P2", "P1", "P3");
    assertThat(shown().displayed().get(1)).isEqualTo(new Displayed("P1", BigInteger.TEN, 1, true));
  }

  @Test
  void pin_needsNoSales() {
    sold("P1", "P2");
    pin("P9", 2);

    assertThat(shown().displayed())
        .extracting(Displayed::productId)
        .containsExactly("P1", "P9", "P2");
    assertThat(shown().displayed().get(1)).isEqualTo(new Displayed("P9", BigInteger.ZERO, 0, true));
  }

  @Test
  void pin_standsAtTheEndOfAShorterList() {
    sold("P1", "P2");
    pin("P8", 9);
    pin("P9", 7);

    assertThat(order()).containsExactly("P1", "P2", "P9", "P8");
  }

  @Test
  void pin_beyondTheSize_isCut() {
    members = "size: 2";
    sold("P1", "P2", "P3");
    pin("P1", 9);

    assertThat(order()).containsExactly("P2", "P3");
    assertThat(shown().omitted())
        .containsExactly(new Omitted("P1", BigInteger.TEN, 1, Reason.BELOW_THE_CUT));
  }

  @Test
  void pinsForOnePlace_goByFromThenId_andTheOtherHasTheNextFree() {
    sold("P1", "P2");
    pin("c", "P7", 1, "2026-11-22T00:00:00Z");
    pin("b", "P8", 1, "2026-11-22T00:00:00Z");
    pin("a", "P6", 1, "2026-11-22T01:00:00Z");
    pin("z", "P9", 1, null);
    pin("d", "P5", 2, "2026-11-21T00:00:00Z");

    // P9 (always) has 1, P5 its 2, then P8, P7 and P6 the next free ones.
    assertThat(order()).containsExactly("P9", "P5", "P8", "P7", "P6", "P1", "P2");
  }

  @Test
  void severalPinsOfOneProduct_theFirstCounts() {
    sold("P1", "P2", "P3");
    pin("b", "P3", 1, "2026-11-22T01:00:00Z");
    pin("a", "P3", 2, "2026-11-22T00:00:00Z");

    assertThat(order()).containsExactly("P1", "P3", "P2");
  }

  @Test
  void pin_neverShowsAnIneligibleOrHiddenProduct() {
    sold("P1", "P2", "P3");
    card("P8", "stock", "0");
    pin("P8", 1);
    hide("P2");
    pin("P2", 1);

    assertThat(order()).containsExactly("P1", "P3");
  }

  @Test
  void pin_takesNoPlaceWhenItIsNotShown() {
    sold("P1", "P2");
    card("P8", "stock", "0");
    pin("P8", 1);
    pin("P9", 1);

    assertThat(order()).containsExactly("P9", "P1", "P2");
  }

  @Test
  void pin_standsOnlyInSlicesThatItsCardMatches() {
    sold("P1", "P2");
    card("P8", "category", "\"beauty/skincare\"");
    card("P9", "category", "\"food\"");
    pin("P8", 1);
    pin("P9", 1);
    pin("P7", 1);

    slice = Slice.of(Map.of("category", "beauty"));
    assertThat(order()).containsExactly("P8", "P1", "P2");
    slice = Slice.of(Map.of("category", "beauty/skin"));
    assertThat(order()).containsExactly("P1", "P2");
    slice = Slice.of(Map.of("buyer.ageGroup", "20s"));
    assertThat(order()).containsExactly("P8", "P9", "P7", "P1", "P2");
  }

  @Test
  void pin_doesNotMakeAnEmptyListing() {
    pin("P9", 1);

    assertThat(shown().displayed()).isEmpty();
  }

  @Test
  void pins_standAloneWhenAllElseIsGone() {
    sold("P1");
    hide("P1");
    pin("P9", 5);

    assertThat(order()).containsExactly("P9");
  }

  @Test
  void diversity_takesTheFirstThatFits() {
    members = "size: 10, diversity: {brand: 1, within: 2}";
    sold("P1", "P2", "P3", "P4", "P5");
    brands("x", "P1", "P2", "P3");
    brands("y", "P4", "P5");

    assertThat(order()).containsExactly("P1", "P4", "P2", "P5", "P3");
  }

  @Test
  void diversity_limitsWithinTheLastPlacesOnly() {
    members = "size: 10, diversity: {brand: 2, within: 3}";
    sold("P1", "P2", "P3", "P4", "P5", "P6");
    brands("x", "P1", "P2", "P3", "P4", "P5");
    brands("y", "P6");

    // No three in a row with more than two x; after P6 two x fit again; then the first left.
    assertThat(order()).containsExactly("P1", "P2", "P6", "P3", "P4", "P5");
  }

  @Test
  void diversity_takesTheFirstLeftWhenNothingFits() {
    members = "size: 10, diversity: {brand: 1, within: 3}";
    sold("P1", "P2", "P3", "P4");
    brands("x", "P1", "P2", "P3");
    brands("y", "P4");

    assertThat(order()).containsExactly("P1", "P4", "P2", "P3");
  }

  @Test
  void diversity_exemptsProductsWithoutTheMember() {
    members = "size: 10, diversity: {brand: 1, within: 2}";
    sold("P1", "P2", "P3", "P4");
    brands("x", "P1", "P2");

    assertThat(order()).containsExactly("P1", "P3", "P2", "P4");
  }

  @Test
  void diversity_tellsValuesByTheirJson() {
    members = "size: 10, diversity: {brand: 1, within: 2}";
    sold("P1", "P2", "P3");
    card("P1", "brand", "1");
    card("P2", "brand", "\"1\"");
    card("P3", "brand", "1");

    assertThat(order()).containsExactly("P1", "P2", "P3");
  }

  @Test
  void diversity_seesTheBoostedOrder() {
    members = "size: 10, diversity: {brand: 1, within: 2}";
    sold("P1", "P2", "P3");
    brands("x", "P1", "P2");
    boost("P2", "2");

    assertThat(order()).containsExactly("P2", "P3", "P1");
  }

  @Test
  void pins_areExemptFromDiversity() {
    members = "size: 10, diversity: {brand: 1, within: 2}";
    sold("P1", "P2", "P3", "P4");
    brands("x", "P1", "P2");
    brands("y", "P3", "P4");
    pin("P1", 2);

    // The others are P2, P3, P4 in diverse order; P1 stands beside P2 all the same.
    assertThat(order()).containsExactly("P2", "P1", "P3", "P4");
  }

  @Test
  void diversity_thatReachesBelowTheCut() {
    members = "size: 2, diversity: {brand: 1, within: 2}";
    sold("P1", "P2", "P3", "P4");
    brands("x", "P1", "P2", "P3");
    brands("y", "P4");

    assertThat(order()).containsExactly("P1", "P4");
    assertThat(shown().omitted()).extracting(Omitted::productId).containsExactly("P2", "P3");
  }
}
