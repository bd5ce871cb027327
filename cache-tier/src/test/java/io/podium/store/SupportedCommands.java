package io.podium.store;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Watches every command that the Mongo stores send, against what Amazon DocumentDB 5.0 supports:
 * the part of the table that Podium uses, from "Supported MongoDB APIs, operations, and data types
 * in Amazon DocumentDB" (docs.aws.amazon.com/documentdb/latest/developerguide/mongo-apis.html,
 * columns "5.0", sections "Database commands" and "Query and projection operators", "Update
 * operators").
 */
public final class SupportedCommands implements CommandListener {
  private static final Set<String> COMMANDS =
      Set.of(
          "find",
          "getMore",
          "killCursors",
          "insert",
          "update",
          "delete",
          "findAndModify",
          "createIndexes",
          "ping",
          "hello",
          "isMaster",
          "endSessions");

  private static final Set<String> OPERATORS =
      Set.of(
          "$and",
          "$eq",
          "$gt",
          "$gte",
          "$in",
          "$lt",
          "$lte",
          "$exists",
          "$set",
          "$setOnInsert",
          "$max",
          "$inc");

  /** Members that the driver adds beside a command: no operators. */
  private static final Set<String> ENVELOPE = Set.of("$db", "$readPreference", "$clusterTime");

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final List<String> violations = new CopyOnWriteArrayList<>();

  @Override
  public void commandStarted(CommandStartedEvent event) {
    seen.add(event.getCommandName());
    if (!COMMANDS.contains(event.getCommandName())) {
      violations.add(event.getCommandName());
    }
    BsonDocument command = event.getCommand();
    if (command.containsKey("txnNumber") || command.containsKey("startTransaction")) {
      violations.add(event.getCommandName() + " in a transaction or retryable");
    }
    if (command.isArray("updates")) {
      for (BsonValue update : command.getArray("updates")) {
        if (update.asDocument().isArray("u")) {
          violations.add("update by pipeline");
        }
      }
    }
    operators(command);
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
