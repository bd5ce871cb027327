package io.podium.backends;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.MVStore;

/**
 * A Mongo-protocol server as a process: {@code MongoServerMain PORT [FILE]}, in memory without a
 * file. With a file, every write is committed to it before it is acknowledged, so that a killed
 * server comes back with all it acknowledged (left to itself, H2 commits once a second).
 */
public final class MongoServerMain {
  private MongoServerMain() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    MVStore store = new MVStore.Builder().fileName(args.length > 1 ? args[1] : null).open();
    MongoServer server = new MongoServer(new CommittingBackend(store));
    server.bind("127.0.0.1", port);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "shutdown"));
  }

  private static final class CommittingBackend extends H2Backend {
    private static final Set<String> WRITES =
        Set.of(
            "insert",
            "update",
            "delete",
            "findandmodify",
            "create",
            "createindexes",
            "drop",
            "dropdatabase",
            "dropindexes");

    CommittingBackend(MVStore store) {
      super(store);
    }

    @Override
    public Document handleMessage(MongoMessage message) {
      Document answer = super.handleMessage(message);
      String command = message.getDocument().keySet().iterator().next();
      if (!isInMemory() && WRITES.contains(command.toLowerCase(Locale.ROOT))) {
        commit();
      }
      return answer;
    }
  }
}
