package io.podium.store;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Watches every command, option and operator that the Mongo stores send, against the table {@code
 * documentdb-5.0.txt}, which names its source.
 */
public final class SupportedCommands implements CommandListener {
  /** Members that the driver adds to every command: no operators, and no options of ours. */
  private static final Set<String> ENVELOPE =
      Set.of("$db", "$readPreference", "$clusterTime", "lsid", "maxTimeMS");

  private static final Map<String, Set<String>> COMMANDS = new HashMap<>();
  private static final Set<String> OPERATORS = new HashSet<>();

  static {
    table()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" "))
        .forEach(SupportedCommands::row);
  }

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final List<String> violations = new CopyOnWriteArrayList<>();

  private static String table() {
    String name = "documentdb-5.0.txt";
    try (InputStream in = SupportedCommands.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void row(String[] words) {
    if (words[0].equals("operator")) {
      OPERATORS.add(words[1]);
    } else {
      COMMANDS.put(words[1], Set.copyOf(List.of(words).subList(1, words.length)));
    }
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    String name = event.getCommandName();
    seen.add(name);
    Set<String> options = COMMANDS.get(name);
    if (options == null) {
      violations.add(name);
    } else {
      event.getCommand().keySet().stream()
          .filter(option -> !options.contains(option) && !ENVELOPE.contains(option))
          .forEach(option -> violations.add(name + " with " + option));
    }
    if (event.getCommand().isArray("updates")) {
      for (BsonValue update : event.getCommand().getArray("updates")) {
        if (update.asDocument().isArray("u")) {
          violations.add("update by pipeline");
        }
      }
    }
    operators(event.getCommand());
  }

  private void operators(BsonDocument document) {
    for (Map.Entry<String, BsonValue> e : document.entrySet()) {
      String name = e.getKey();
      if (name.startsWith("$") && !OPERATORS.contains(name) && !ENVELOPE.contains(name)) {
        violations.add(name);
      }
      operators(e.getValue());
    }
  }

  private void operators(BsonValue value) {
    if (value instanceof BsonDocument document) {
      operators(document);
    } else if (value instanceof BsonArray array) {
      array.forEach(this::operators);
    }
  }

  public Set<String> seen() {
    return Set.copyOf(seen);
  }

  public List<String> violations() {
    return List.copyOf(violations);
  }
}
