package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.Omitted;
import io.podium.listing.Omitted.Reason;
import io.podium.listing.Slice;
import io.podium.ranking.core.Ranked.Displayed;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where pins stand, and when they do not. */
class DisplayedPinsTest extends DisplayedOrderSetting {
  @Test
  void pin_standsAtItsExactPlace() {
    sold("P1", "P2", "P3");
    pin("P3", 1);
    assertThat(order()).containsExactly("P3", "P1", "P2");

    rules.clear();
    pin("P1", 2);
    assertThat(order()).containsExactly("P2", "P1", "P3");
    assertThat(shown().displayed().get(1))
        .isEqualTo(new Displayed("P1", BigInteger.TEN, 1, true, false));
  }

  @Test
  void pin_isNotBuried() {
    sold("P1", "P2");
    pin("P1", 1);
    bury("P1", "0.1");
    assertThat(shown().displayed().get(0))
        .isEqualTo(new Displayed("P1", BigInteger.TEN, 1, true, false));
  }

  @Test
  void pin_needsNoSales() {
    sold("P1", "P2");
    pin("P9", 2);

    assertThat(shown().displayed())
        .extracting(Displayed::productId)
        .containsExactly("P1", "P9", "P2");
    assertThat(shown().displayed().get(1))
        .isEqualTo(new Displayed("P9", BigInteger.ZERO, 0, true, false));
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
        .containsExactly(new Omitted("P1", BigInteger.TEN, 1, Reason.BELOW_THE_CUT, true));
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
}
