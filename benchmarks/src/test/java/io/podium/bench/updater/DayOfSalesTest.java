package io.podium.bench.updater;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DayOfSalesTest {
  private static final DayOfSales.Shape SHAPE = new DayOfSales.Shape(2_000, 200, 72_000);

  private final DayOfSales day = new DayOfSales(SHAPE, Instant.parse("2026-11-22T00:00:00Z"));
  private long orders;

  @Test
  void eachStep_hasExactlyTheActiveProducts() {
    for (int step = 0; step < 20; step++) {
      assertThat(productsOf(step)).hasSize(200);
    }
  }

  @Test
  void day_hasAllItsOrdersAndProducts() {
    Set<String> products = new HashSet<>();
    for (int step = 0; step < DayOfSales.STEPS; step++) {
      products.addAll(productsOf(step));
    }
    assertThat(products).hasSize(2_000);
    assertThat(orders).isEqualTo(72_000);
  }

  private Set<String> productsOf(int step) {
    Set<String> products = new HashSet<>();
    day.step(step, event -> collect(event, products));
    return products;
  }

  private void collect(SalesEvent event, Set<String> products) {
    if (event instanceof OrderPlaced order) {
      orders++;
      order.lines().stream().map(Line::productId).forEach(products::add);
    } else {
      products.add(((Signal) event).productId());
    }
  }
}
