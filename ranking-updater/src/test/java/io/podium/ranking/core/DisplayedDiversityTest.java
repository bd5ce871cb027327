package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.Omitted;
import org.junit.jupiter.api.Test;

/** Diversity within the displayed order. */
class DisplayedDiversityTest extends DisplayedOrderSetting {
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
