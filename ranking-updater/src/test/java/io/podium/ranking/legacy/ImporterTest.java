package io.podium.ranking.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ONLINE_RETAIL = Path.of("mappings/online-retail.yaml");
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

  @TempDir Path dir;

  private record Imported(List<JsonNode> events, Importer.Tally tally, List<String> rejected) {
    List<JsonNode> ofType(String type) {
      return events.stream().filter(e -> e.path("type").asText().equals(type)).toList();
    }
  }

  private Imported run(Mapping mapping, Path file) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    EventSink sink =
        new EventSink() {
          @Override
          public void put(byte[] event) throws IOException {
            events.add(JSON.readTree(event));
          }

          @Override
          public void finish() {}

          @Override
          public void close() {}
        };
    Path rejected = dir.resolve("rejected.jsonl");
    Importer.Tally tally = new Importer(mapping, sink, rejected, t -> {}).run(List.of(file));
    return new Imported(events, tally, Files.readAllLines(rejected));
  }

  private Imported retail(String rows) throws Exception {
    Path file = dir.resolve("orders.csv");
    Files.writeString(file, HEADER + rows);
    return run(Mapping.read(ONLINE_RETAIL), file);
  }

  @Test
  void rowsOfOneInvoiceBecomeOneOrder() throws Exception {
    Imported imported =
        retail(
            """
            1,P1,"CUP, RED",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
            1,P2,찻잔,2,2010-12-01 08:27:00,3.39,17850.0,United Kingdom
            2,P1,"CUP, RED",1,2010-12-01 08:28:00,2.55,,France
            """);
    List<JsonNode> orders = imported.ofType("order.placed");
    assertThat(orders).hasSize(2);
    JsonNode first = orders.get(0);
    assertThat(first.path("id").asText()).isEqualTo("placed:1");
    assertThat(first.path("time").asText()).isEqualTo("2010-12-01T08:26:00Z");
    assertThat(first.path("data").path("currency").asText()).isEqualTo("GBP");
    assertThat(first.path("data").path("buyer").path("id").asText()).isEqualTo("17850");
    assertThat(first.path("data").path("lines")).hasSize(2);
    assertThat(first.path("data").path("lines").path(0).path("unitPrice").asInt()).isEqualTo(255);
    assertThat(orders.get(1).path("data").path("buyer").has("id")).isFalse();
    assertThat(imported.ofType("product.upserted")).hasSize(2);
    assertThat(imported.ofType("product.upserted").get(1).path("data").path("card").path("name"))
        .hasToString("\"찻잔\"");
  }

  @Test
  void anInvoiceWithCTakesBackWithoutNamingAnOrder() throws Exception {
    Imported imported = retail("C9,P1,CUP,-12,2010-12-01 10:24:00,1.65,17548.0,United Kingdom\n");
    JsonNode event = imported.ofType("order.cancelled").get(0);
    assertThat(event.path("data").has("orderId")).isFalse();
    assertThat(event.path("data").path("lines").path(0).path("quantity").asInt()).isEqualTo(12);
  }

  @Test
  void rowsThatAreNoSaleAreKeptWithLineAndReason() throws Exception {
    Imported imported =
        retail(
            """
            1,P1,CUP,-10,2010-12-01 08:26:00,0.0,,United Kingdom
            2,P1,CUP,1,yesterday,2.55,,United Kingdom
            3,P1,CUP,1,2010-12-01 08:26:00,2.555,,United Kingdom
            4,,CUP,1,2010-12-01 08:26:00,2.55,,United Kingdom
            5,P1,CUP
            6,P1,CUP,1,2010-12-01 08:26:00,0.0,,United Kingdom
            """);
    assertThat(imported.tally().rejected()).isEqualTo(5);
    assertThat(imported.tally().orders()).isEqualTo(1);
    assertThat(imported.rejected())
        .satisfiesExactly(
            r -> assertThat(r).contains("\"line\":2", "quantity -10"),
            r -> assertThat(r).contains("\"line\":3", "time cannot be read: yesterday"),
            r -> assertThat(r).contains("\"line\":4", "unit price"),
            r -> assertThat(r).contains("\"line\":5", "no stock code"),
            r -> assertThat(r).contains("\"line\":6", "3 columns instead of 8"));
  }

  @Test
  void aSecondRunMakesTheSameEvents() throws Exception {
    String rows =
        """
        1,P1,CUP,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
        C2,P1,CUP 2,-1,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
        """;
    assertThat(retail(rows).events()).isEqualTo(retail(rows).events());
  }

  @Test
  void winterAndSummerTimeAreThoseOfTheZone() throws Exception {
    Imported imported = retail("1,P1,CUP,6,2011-07-01 08:26:00,2.55,,United Kingdom\n");
    assertThat(imported.ofType("order.placed").get(0).path("time").asText())
        .isEqualTo("2011-07-01T07:26:00Z");
  }

  @Test
  void jsonLinesAreReadByPathAlsoCompressed() throws Exception {
    Path mapping = dir.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        format: jsonl
        source: /legacy/app
        order: { id: order.no, time: order.at }
        line: { productId: item.sku, quantity: item.n }
        cancelled: { when: { field: kind, matches: "return" }, orderId: order.no }
        """);
    Path file = dir.resolve("orders.jsonl.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(
          """
          {"kind":"sale","order":{"no":7,"at":"2026-01-01T00:00:00+09:00"},"item":{"sku":"A","n":2}}
          {"kind":"return","order":{"no":7,"at":"2026-01-02T00:00:00Z"},"item":{"sku":"A","n":1}}
          broken
          """
              .getBytes(StandardCharsets.UTF_8));
    }
    Files.write(file, bytes.toByteArray());
    Imported imported = run(Mapping.read(mapping), file);
    assertThat(imported.ofType("order.placed").get(0).path("time").asText())
        .isEqualTo("2025-12-31T15:00:00Z");
    assertThat(imported.ofType("order.cancelled").get(0).path("data").path("orderId").asText())
        .isEqualTo("7");
    assertThat(imported.rejected()).singleElement().asString().contains("not JSON");
  }

  @Test
  void aMappingThatIsWrongIsRefusedWithItsKey() throws Exception {
    Path mapping = dir.resolve("mapping.yaml");
    Files.writeString(mapping, "order: { id: A, time: B }\nline: { productId: C }\n");
    assertThatThrownBy(() -> Mapping.read(mapping))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line.quantity");
    Files.writeString(
        mapping,
        """
        order: { id: A, time: { from: B, zone: Nowhere } }
        line: { productId: C, quantity: D }
        """);
    assertThatThrownBy(() -> Mapping.read(mapping))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("order.time.zone");
  }
}
