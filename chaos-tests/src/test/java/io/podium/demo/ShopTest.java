package io.podium.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShopTest {
  private final Catalogue catalogue = generate();

  private static Catalogue generate() {
    try {
      return Catalogue.generate(1);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theCatalogueHasThousandsOfProductsInThreeLevels() {
    assertThat(catalogue.products())
        .hasSize(96 * 30)
        .allMatch(p -> p.path().split("/").length == 3);
    assertThat(catalogue.samples()).hasSize(96);
    assertThat(catalogue.products().stream().map(Product::id)).doesNotHaveDuplicates();
  }

  @Test
  void everyKindHasEnoughProductsForAPage() {
    Map<String, Long> perKind =
        catalogue.products().stream()
            .collect(Collectors.groupingBy(Product::path, Collectors.counting()));
    assertThat(perKind)
        .hasSize(96)
        .allSatisfy((path, count) -> assertThat(count).isGreaterThan(20));
  }

  @Test
  void namesArePresentInBothLanguages() {
    assertThat(catalogue.products())
        .allSatisfy(
            p -> {
              assertThat(p.name().en()).isNotBlank().doesNotContain("  ");
              assertThat(p.name().ko()).containsPattern("[가-힣]");
              assertThat(p.price()).isPositive();
            });
  }

  @Test
  void theSameSeedMakesTheSameCatalogue() {
    assertThat(generate()).isEqualTo(catalogue);
  }

  @Test
  void theUpdaterAcceptsEveryEventOfTheShelf() throws Exception {
    Shelf shelf = new Shelf(catalogue, new Events("test"), new Random(3));
    Instant now = Instant.parse("2026-11-22T09:00:00Z");
    List<ObjectNode> events = shelf.cards(now);
    for (int i = 0; i < 200; i++) {
      shelf.changePrice(i, now);
      shelf.runLow(i, now);
      shelf.take(i, 10, now);
      shelf.take(i, 1, now);
    }
    shelf.restock(now.plusSeconds(60));
    assertAccepted(events);
    assertAccepted(shelf.changes());
  }

  private static void assertAccepted(List<ObjectNode> events) throws Exception {
    assertThat(events).isNotEmpty();
    for (ObjectNode event : events) {
      assertThat(new EventDecoder(List.of()).decode(new ObjectMapper().writeValueAsBytes(event)))
          .isInstanceOf(Decoded.Accepted.class);
    }
  }

  @Test
  void whatIsSoldOutIsNotSoldAndComesBack() {
    Shelf shelf = new Shelf(catalogue, new Events("test"), new Random(3));
    Instant now = Instant.parse("2026-11-22T09:00:00Z");
    shelf.runLow(0, now);
    assertThat(shelf.take(0, 10, now)).isBetween(1, 5);
    assertThat(shelf.take(0, 1, now)).isZero();
    shelf.restock(now.plusSeconds(60));
    assertThat(shelf.take(0, 1, now)).isEqualTo(1);
  }

  @Test
  void fewProductsArePopularAndTheyDrift() {
    Popularity popularity = new Popularity(1000, 1, new Random(5));
    Map<Integer, Integer> before = drawn(popularity);
    assertThat(before.values()).anyMatch(n -> n > 200);
    for (int i = 0; i < 500; i++) {
      popularity.drift();
    }
    assertThat(best(drawn(popularity))).isNotEqualTo(best(before));
  }

  private static Map<Integer, Integer> drawn(Popularity popularity) {
    Map<Integer, Integer> drawn = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      drawn.merge(popularity.next(), 1, Integer::sum);
    }
    return drawn;
  }

  private static List<Integer> best(Map<Integer, Integer> drawn) {
    return drawn.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .limit(5)
        .map(Map.Entry::getKey)
        .toList();
  }
}
