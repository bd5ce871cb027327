package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveShop.class)
class ChangesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TARGET = "/v1/rankings/best/changes?category=beauty";
  private static final ListingKey KEY =
      new ListingKey("best", Slice.of(Map.of("category", "beauty")));
  private static final Set<String> ALLOWED =
      PublicMembers.headAnd(
          "reset",
          "previous",
          "moved",
          "moved.productId",
          "moved.rank",
          "moved.from",
          "moved.score",
          "moved.promoted",
          "moved.movement",
          "moved.movement.state",
          "moved.movement.from",
          "left");
  private final Shop shop;
  private final int port;

  ChangesTest(LiveShop.Running live) {
    this.shop = live.shop;
    this.port = live.engine.port();
  }

  @Test
  void eachNewEpochTellsWhatMovedAndAClientResumes() throws IOException {
    shop.publish(KEY, 5000, Shop.entries(1, 3));
    try (Stream stream = new Stream(0)) {
      assertThat(stream.event().get("epoch").asLong()).isEqualTo(5000);
      shop.publish(KEY, 5001, Shop.entries(2, 4));
      JsonNode event = stream.event();
      assertThat(event.get("epoch").asLong()).isEqualTo(5001);
      assertThat(event.get("previous").asLong()).isEqualTo(5000);
      assertThat(event.get("moved")).hasSize(3);
      assertThat(event.get("moved").get(0).get("productId").asText()).isEqualTo("P2");
      assertThat(event.get("moved").get(0).get("from").asInt()).isEqualTo(2);
      assertThat(event.get("moved").get(2).get("from").isNull()).isTrue();
      assertThat(event.get("left").get(0).asText()).isEqualTo("P1");
    }
    shop.publish(KEY, 5002, Shop.entries(3, 5));
    shop.publish(KEY, 5003, Shop.entries(4, 6));
    try (Stream stream = new Stream(5001)) {
      List<Long> epochs = new ArrayList<>();
      epochs.add(stream.event().get("epoch").asLong());
      while (epochs.get(epochs.size() - 1) < 5003) {
        epochs.add(stream.event().get("epoch").asLong());
      }
      assertThat(epochs).containsExactly(5002L, 5003L);
    }
    try (Stream stream = new Stream(17)) {
      JsonNode reset = stream.event();
      assertThat(reset.get("reset").asBoolean()).isTrue();
      assertThat(reset.get("moved")).hasSize(3);
    }
  }

  /** A client that reads events off a socket. */
  private final class Stream implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    Stream(long last) throws IOException {
      this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      String resume = last == 0 ? "" : "Last-Event-ID: " + last + "\r\n";
      socket
          .getOutputStream()
          .write(
              ("GET " + TARGET + " HTTP/1.1\r\nHost: x\r\n" + resume + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      this.lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    JsonNode event() throws IOException {
      String line = lines.readLine();
      while (line != null && !line.startsWith("data: ")) {
        line = lines.readLine();
      }
      assertThat(line).as("the stream ended").isNotNull();
      JsonNode event = JSON.readTree(line.substring(6));
      assertThat(PublicMembers.of(event)).isSubsetOf(ALLOWED);
      return event;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
