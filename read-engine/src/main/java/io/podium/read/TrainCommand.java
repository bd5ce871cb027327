package io.podium.read;

import io.podium.config.Config;
import io.podium.config.Section;
import io.podium.config.StoresConfig;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.BoardView;
import io.podium.read.page.Cursors;
import io.podium.read.page.Freshness;
import io.podium.read.page.Page;
import io.podium.read.page.PageCodec;
import io.podium.read.page.PageEncoder;
import io.podium.read.page.PageSpec;
import io.podium.read.refresh.Warm;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * The run from which the launcher makes the archive of classes: an engine that comes up from its
 * hot tier alone, answers some requests, and ends normally. Touches no store.
 */
@Command(name = "train", hidden = true, description = "Makes the archive for a faster start.")
final class TrainCommand implements Callable<Integer> {
  private static final ListingKey LISTING = new ListingKey("training", Slice.WHOLE_SHOP);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int REQUESTS = 20;

  /** Entries of the page that is in the hot tier from the start. */
  private static final int KEPT = 10;

  @Override
  public Integer call() throws Exception {
    Path dir = Files.createTempDirectory("podium-train");
    try {
      Section root = Config.load(null, Map.of(), settings(dir), Set.of("stores", "engine"));
      EngineConfig config = EngineConfig.from(root);
      fill(config.hot());
      try (Engine engine = Engine.start(config, StoresConfig.from(root))) {
        rehearse(engine);
      }
    } finally {
      delete(dir);
    }
    return 0;
  }

  private static Map<String, String> settings(Path dir) {
    return Map.of(
        "engine.host", "127.0.0.1",
        "engine.port", "0",
        "engine.adminPort", "0",
        "engine.adminToken", "training-run-only",
        "engine.hotTier.dir", dir.toString(),
        "engine.hotTier.entries", "10000",
        "stores.cache.uri", "redis://127.0.0.1:1",
        "stores.mongo.uri", "mongodb://127.0.0.1:1/?directConnection=true");
  }

  /** As an earlier run would have left it. */
  private static void fill(EngineConfig.Hot config) throws StartException {
    Engine.withMemory(
        config,
        memory -> {
          Warm warm = new Warm(memory);
          warm.keep(new Boards(1, List.of(board())));
          warm.keep(listing());
          memory.put(Warm.PAGE, page().text(), PageCodec.write(page(), Freshness.UNCHECKED));
        });
  }

  private static BoardInfo board() {
    return new BoardInfo(
        LISTING.board(),
        Map.of("en", "Training"),
        List.of(List.of()),
        100,
        Duration.ofSeconds(1),
        true,
        0,
        false,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Map.of());
  }

  private static Page page() {
    PageEncoder encoder = new PageEncoder(new Cursors(new byte[Long.BYTES]));
    return encoder.encode(
        PageSpec.first(LISTING, KEPT), new BoardView(board()), listing(), Map.of(), 0);
  }

  private static Listing listing() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      entries.add(new Entry("P" + i, BigInteger.valueOf(1_000 - i), i, i + 1, false, false));
    }
    Instant asOf = Instant.now();
    String hash = "0".repeat(64);
    return new Listing(LISTING, 2, 1, asOf, hash, hash, null, 0, entries, List.of());
  }

  private static void rehearse(Engine engine) throws IOException, InterruptedException {
    for (int i = 0; i < REQUESTS; i++) {
      ask(engine.port(), "");
    }
    // Pages that are not held ready, as the first ones after a start: kept, and made anew.
    ask(engine.port(), "?size=" + KEPT);
    ask(engine.port(), "?size=50");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!engine.isWarm() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void ask(int port, String query) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head =
          """
          GET /v1/rankings/training%s HTTP/1.1\r
          Host: localhost\r
          Accept-Encoding: gzip\r
          Connection: close\r
          \r
          """
              .formatted(query);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      if (!new String(answer, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 200")) {
        throw new IOException("the training run was not answered");
      }
    }
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
