package io.podium.ranking.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every file of the examples, which show each sentence of DESIGN 4.2, through the command. */
class ExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path dir = Path.of("");

  @TestFactory
  Stream<DynamicTest> example() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(ExamplesTest.class.getResource("/examples"));
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(folder.toURI()))) {
      files = all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(26);
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private void check(Path file) throws IOException {
    JsonNode example = JSON.readTree(file.toFile());
    Path boards = dir.resolve("boards.json");
    Path events = dir.resolve("events.jsonl");
    Path rules = dir.resolve("rules.json");
    String board = example.get("board").toString();
    Files.writeString(boards, "{\"boards\":{\"b\":" + board + "}}");
    List<String> lines = new ArrayList<>();
    example.get("events").forEach(event -> lines.add(event.toString()));
    Files.write(events, lines);
    Files.writeString(rules, example.has("rules") ? example.get("rules").toString() : "[]");
    String[] common = {
      "--boards",
      boards.toString(),
      "--events",
      events.toString(),
      "--rules",
      rules.toString(),
      "--at",
      example.get("at").asText(),
      "--board",
      "b"
    };

    List<JsonNode> all = listings(Command.rank(common));
    for (JsonNode slice : example.get("slices")) {
      JsonNode expected = bySlice(example.get("listings"), slice);
      List<String> arguments = new ArrayList<>(List.of(common));
      slice
          .properties()
          .forEach(
              e -> arguments.addAll(List.of("--slice", e.getKey() + "=" + e.getValue().asText())));
      checkListing(expected, bySlice(all, slice));
      if (!slice.isEmpty()) {
        List<JsonNode> one = listings(Command.rank(arguments.toArray(String[]::new)));
        assertThat(one).hasSize(1);
        checkListing(expected, one.get(0));
      }
    }
  }

  private static List<JsonNode> listings(Command run) {
    assertThat(run.status()).as(run.err()).isZero();
    return run.out()
        .lines()
        .map(
            line -> {
              try {
                return JSON.readTree(line);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  /** A listing that is not printed counts as empty. */
  private static JsonNode bySlice(Iterable<JsonNode> listings, JsonNode slice) {
    for (JsonNode listing : listings) {
      if (listing.get("slice").equals(slice)) {
        return listing;
      }
    }
    return JSON.createObjectNode()
        .<ObjectNode>set("organic", JSON.createArrayNode())
        .<ObjectNode>set("displayed", JSON.createArrayNode())
        .set("items", JSON.createArrayNode());
  }

  private static void checkListing(JsonNode expected, JsonNode actual) {
    List<String> organic = new ArrayList<>();
    actual
        .get("organic")
        .forEach(e -> organic.add(e.get("productId").asText() + " " + e.get("score").asDouble()));
    List<String> expectedOrganic = new ArrayList<>();
    expected
        .get("organic")
        .forEach(e -> expectedOrganic.add(e.get(0).asText() + " " + e.get(1).asDouble()));
    assertThat(organic).isEqualTo(expectedOrganic);

    List<String> items = new ArrayList<>();
    actual.get("items").forEach(e -> items.add(e.get("rank") + " " + e.get("productId").asText()));
    List<String> expectedItems = new ArrayList<>();
    expected
        .get("displayed")
        .forEach(e -> expectedItems.add(expectedItems.size() + 1 + " " + e.asText()));
    assertThat(items).isEqualTo(expectedItems);
  }
}
