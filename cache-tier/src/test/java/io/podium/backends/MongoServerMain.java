package io.podium.backends;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVStore;

/**
 * A Mongo-protocol server as a process: {@code MongoServerMain PORT [FILE]}, in memory without a
 * file. With a file, every write is committed to it before it is acknowledged, so that a killed
 * server comes back with all it acknowledged (left to itself, H2 commits once a second).
 */
public final class MongoServerMain {
  /**
   * A command of this server alone: how often a collection was searched for more than versions, for
   * tests to count.
   */
  static final String FINDS = "podiumFinds";

  private MongoServerMain() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    MVStore store = new MVStore.Builder().fileName(args.length > 1 ? args[1] : null).open();
    MongoServer server = new MongoServer(new CommittingBackend(store));
    String keyStore = System.getProperty("podium.keyStore");
    if (keyStore != null) {
      tls(server, Path.of(keyStore));
    }
    server.bind("127.0.0.1", port);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "shutdown"));
  }

  private static void tls(MongoServer server, Path keyStore) {
    try {
      KeyStore keys = TestCertificates.open(keyStore);
      char[] password = TestCertificates.PASSWORD.toCharArray();
      server.enableSsl(
          (PrivateKey) keys.getKey(TestCertificates.ALIAS, password),
          TestCertificates.PASSWORD,
          (X509Certificate) keys.getCertificate(TestCertificates.ALIAS));
    } catch (IOException | GeneralSecurityException e) {
      throw new BackendException(keyStore + " cannot be read: " + e.getMessage(), e);
    }
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

    private final Map<String, AtomicLong> finds = new ConcurrentHashMap<>();

    CommittingBackend(MVStore store) {
      super(store);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
      MVStore store = getMvStore();
      CursorRegistry cursors = getCursorRegistry();
      return new H2Database(name, store, cursors) {
        @Override
        protected MongoCollection<Object> openOrCreateCollection(
            String collection, CollectionOptions options) {
          String full = getFullCollectionNamespace(collection);
          return new IdLookups(this, collection, full, options, store, cursors);
        }
      };
    }

    @Override
    public Document handleMessage(MongoMessage message) {
      Document document = message.getDocument();
      String command = document.keySet().iterator().next();
      if (command.equals(FINDS)) {
        AtomicLong count = finds.get(String.valueOf(document.get(FINDS)));
        return new Document("n", count == null ? 0L : count.get()).append("ok", 1.0);
      }
      if (command.equals("find") && !document.containsKey("projection")) {
        String collection = String.valueOf(document.get("find"));
        finds.computeIfAbsent(collection, c -> new AtomicLong()).incrementAndGet();
      }
      Document answer = super.handleMessage(message);
      if (!isInMemory() && WRITES.contains(command.toLowerCase(Locale.ROOT))) {
        commit();
      }
      return answer;
    }
  }
}
