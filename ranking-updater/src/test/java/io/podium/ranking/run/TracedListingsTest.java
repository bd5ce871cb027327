package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import io.podium.store.memory.MemoryListingStore;
import io.podium.trace.Traces;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracedListingsTest {
  private static final Listing LISTING =
      new Listing(
          new ListingKey("best-sellers", Slice.WHOLE_SHOP),
          7,
          0,
          Instant.EPOCH,
          "ab".repeat(32),
          "cd".repeat(32),
          null,
          0,
          List.of(),
          List.of());

  @Test
  void aPublicationIsASpanAtTheCollector() throws Exception {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          got.writeBytes(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try (MemoryListingStore memory = new MemoryListingStore()) {
      String address = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
      try (Traces traces = Traces.to(address, "podium-update")) {
        ListingStore store = TracedListings.over(memory, traces);
        assertThat(store.publish(LISTING, Optional.empty(), 1).toCompletableFuture().join())
            .isEqualTo(PublishResult.STORED);
        assertThat(store.find(LISTING.key()).toCompletableFuture().join()).contains(LISTING);
      }
    } finally {
      collector.stop(0);
    }
    assertThat(got.toString(StandardCharsets.ISO_8859_1))
        .contains("publish listing", "podium-update", "best-sellers", "STORED");
  }

  @Test
  void offTheStoreIsUsedAsItIs() {
    try (MemoryListingStore memory = new MemoryListingStore()) {
      assertThat(TracedListings.over(memory, Traces.OFF)).isSameAs(memory);
    }
  }
}
