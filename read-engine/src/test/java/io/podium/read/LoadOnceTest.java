package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveShop.class)
class LoadOnceTest {
  private static final String TARGET = "/v1/rankings/best?category=food%20%26%20drink&size=100";
  private final LiveShop.Running live;

  LoadOnceTest(LiveShop.Running live) {
    this.live = live;
  }

  @Test
  void manyClientsOfOneMissingPageCostOneLoad() {
    Slice food = Slice.of(Map.of("category", "food & drink"));
    live.shop.publish(new ListingKey("best", food), 7000, Shop.entries(1, 100));
    long before = loads();
    CountDownLatch go = new CountDownLatch(1);
    List<CompletableFuture<HttpResponse<byte[]>>> asked =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          await(go);
                          return live.http.get(TARGET);
                        },
                        task -> new Thread(task).start()))
            .toList();
    go.countDown();
    byte[] first = asked.get(0).join().body();
    for (CompletableFuture<HttpResponse<byte[]>> answer : asked) {
      assertThat(answer.join().statusCode()).isEqualTo(200);
      assertThat(answer.join().body()).isEqualTo(first);
    }
    assertThat(loads() - before).isEqualTo(1);
    JsonNode page = Http.json(asked.get(0).join());
    assertThat(page.get("items")).hasSize(99); // P9 is recalled
  }

  private long loads() {
    String metrics = Http.text(new Http(live.engine.adminPort()).get("/metrics"));
    return metrics
        .lines()
        .filter(line -> line.startsWith("podium_read_loads_total "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
