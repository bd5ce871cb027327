package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.listing.Entry;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.stream.StreamEntry;
import io.podium.store.redis.RedisListingStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream may hold that no ingestion has put there, and what business refuses. */
class BadInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENTS = "podium:events";
  private static final String BOARDS =
      """
        best: { score: units, window: PT24H, slices: [[]] }
      """;

  @TempDir Path dir;
  private Backends stores;

  @BeforeEach
  void startStores() {
    stores = new Backends(dir.resolve("stores"));
  }

  @AfterEach
  void stopStores() {
    stores.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Once, also when the machine is so slow that an answer comes too late. */
  private void add(long length, Map<String, byte[]> entry) {
    Eventually.holds(
        "entry " + length,
        () -> {
          long now = stores.eventsLink().read(r -> r.xlen(EVENTS)).get(5, TimeUnit.SECONDS);
          if (now < length) {
            stores.eventsLink().write(r -> r.xadd(EVENTS, entry)).get(5, TimeUnit.SECONDS);
          }
          return now == length;
        });
  }

  private Map<String, Long> units() throws Exception {
    Map<String, Long> units = new TreeMap<>();
    new RedisListingStore(stores.cacheLink())
        .find(new ListingKey("best", Slice.WHOLE_SHOP))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .ifPresent(
            listing -> {
              for (Entry e : listing.entries()) {
                units.put(e.productId(), e.score().longValueExact());
              }
            });
    return units;
  }

  private static String order(String id, Instant time) {
    return """
        {"specversion":"1.0","id":"%s","source":"/late","type":"order.placed","time":"%s",\
        "data":{"orderId":"%s","lines":[{"productId":"LATER","quantity":3,"unitPrice":1}]}}"""
        .formatted(id, time, id);
  }

  @Test
  void damagedEntriesAreRejectedAndNamedAndTheRestIsCounted() throws Exception {
    Shop shop = new Shop(1);
    try (UpdaterProcess a = new UpdaterProcess(dir, "a", stores, BOARDS)) {
      a.postUntilAccepted(shop.batch(20));
      byte[] sound = bytes(order("x", Instant.now()));
      add(21, Map.of("hello", bytes("world")));
      add(22, Map.of("e", sound, "c", bytes("1.0"), "n", bytes("21")));
      add(23, Map.of("e", sound, "c", bytes(StreamEntry.checksum(sound))));
      byte[] half = bytes(order("x", Instant.now()).substring(0, 100));
      add(24, Map.of("e", half, "c", bytes(StreamEntry.checksum(sound)), "n", bytes("?")));
      a.postUntilAccepted(shop.batch(20));
      Eventually.get("all others count", this::units, shop.units()::equals);
      JsonNode counts = a.settled().path("counts");
      assertThat(counts.path("rejectedByReason").path("damaged").asInt()).isEqualTo(4);
      assertThat(counts.path("received").asInt()).isEqualTo(44);

      a.restart();
      a.postUntilAccepted(shop.batch(20));
      Eventually.get("also after a restart", this::units, shop.units()::equals);
      JsonNode letters = JSON.readTree(a.admin("/admin/v1/dead-letters?reason=damaged").body());
      assertThat(letters.path("letters")).hasSize(4);
    }
  }

  @Test
  void aRejectedEventIsReplayedWhenItsReasonIsGone() throws Exception {
    try (UpdaterProcess a = new UpdaterProcess(dir, "a", stores, BOARDS, "updater.maxAhead=PT1S")) {
      a.settled();
      Instant time = Instant.now().plusSeconds(8);
      a.postUntilAccepted("[" + order("early", time) + "]");
      Eventually.get(
          "it is rejected",
          () -> JSON.readTree(a.admin("/admin/v1/dead-letters?reason=ahead").body()),
          found -> found.path("letters").size() == 1);
      assertThat(a.adminPost("/admin/v1/dead-letters/replay?reason=quantity").body())
          .isEqualTo("{\"replayed\":0}");
      Eventually.holds("its time has come", () -> Instant.now().isAfter(time));
      assertThat(a.adminPost("/admin/v1/dead-letters/replay?reason=ahead").body())
          .isEqualTo("{\"replayed\":1}");
      Eventually.get("it counts", this::units, Map.of("LATER", 3L)::equals);
      assertThat(a.admin("/admin/v1/dead-letters").body()).isEqualTo("{\"letters\":[]}");
      assertThat(a.admin("/admin/v1/dead-letters?limit=0").statusCode()).isEqualTo(400);
      JsonNode counts = a.settled().path("counts");
      assertThat(counts.path("received").asInt()).isEqualTo(2);
      assertThat(counts.path("rejected").asInt()).isEqualTo(1);
      assertThat(counts.path("applied").asInt()).isEqualTo(1);
    }
  }
}
