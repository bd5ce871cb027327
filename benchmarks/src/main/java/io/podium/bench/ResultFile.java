package io.podium.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run as JSON: machine, every figure with its rounds, and the verdicts. */
final class ResultFile {
  private static final int VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ResultFile() {}

  static void write(
      Path file, Mode mode, Instant at, Map<String, String> machine, List<Judgement> all)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
    root.put("mode", mode.name().toLowerCase(Locale.ROOT));
    root.set("machine", JSON.valueToTree(machine));
    ArrayNode budgets = root.putArray("budgets");
    all.forEach(j -> fill(budgets.addObject(), j));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writeValueAsBytes(root));
  }

  private static void fill(ObjectNode node, Judgement j) {
    Budget b = j.budget();
    node.put("id", b.id()).put("metric", b.metric()).put("title", b.title());
    node.put("unit", b.unit()).put("reference", b.reference());
    node.put("limit", b.limit().toString());
    node.put("verdict", j.verdict().text);
    Figure figure = j.figure();
    if (figure != null) {
      Spread s = figure.spread();
      node.put("median", s.median()).put("low", s.low()).put("high", s.high());
      node.put("disturbance", figure.disturbance());
      node.set("rounds", JSON.valueToTree(figure.rounds()));
      node.set("beside", JSON.valueToTree(figure.beside()));
    }
    if (j.why() != null) {
      node.put("why", j.why());
    }
  }
}
