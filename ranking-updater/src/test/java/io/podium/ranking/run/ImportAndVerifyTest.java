package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.Main;
import io.podium.store.redis.RedisListingStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A legacy month imported twice, and what came of it verified, by the real commands. */
class ImportAndVerifyTest {
  private static final String BOARDS =
      """
        best:
          score: units
          window: P30D
          step: PT30M
          clock: event
          currency: GBP
          slices: [[]]
      """;
  private static final ListingKey WHOLE_SHOP = new ListingKey("best", Slice.WHOLE_SHOP);

  private static final String LATER =
      """
      [{"specversion":"1.0","id":"l","source":"/t","type":"order.placed",
        "time":"2010-12-21T12:00:00Z","data":{"orderId":"l","currency":"GBP",
        "lines":[{"productId":"P1","quantity":5000,"unitPrice":1}]}}]""";

  @TempDir Path dir;
  private Backends stores;

  @BeforeEach
  void startStores() {
    stores = new Backends(dir.resolve("stores"));
  }

  @AfterEach
  void stopStores() {
    stores.close();
  }

  private record Run(int status, String out) {}

  private static Run podium(String... args) {
    StringWriter out = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(out), args);
    return new Run(status, out.toString());
  }

  private Map<String, Long> month(Path file) throws Exception {
    Random random = new Random(1);
    Map<String, Long> units = new TreeMap<>();
    StringBuilder csv =
        new StringBuilder(
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
    for (int invoice = 1; invoice <= 600; invoice++) {
      boolean cancelled = random.nextInt(10) == 0;
      for (int line = 0; line < 3; line++) {
        String product = "P" + random.nextInt(40);
        int quantity = 1 + random.nextInt(9);
        units.merge(product, (long) (cancelled ? -quantity : quantity), Long::sum);
        csv.append(
            "%s%d,%s,CUP %s,%d,2010-12-%02d 10:%02d:00,2.50,17850.0,France%n"
                .formatted(
                    cancelled ? "C" : "",
                    invoice,
                    product,
                    product,
                    cancelled ? -quantity : quantity,
                    1 + invoice / 30,
                    invoice % 60));
      }
    }
    Files.writeString(file, csv);
    units.values().removeIf(n -> n <= 0);
    return units;
  }

  private Listing listing() throws Exception {
    return new RedisListingStore(stores.cacheLink())
        .find(WHOLE_SHOP)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .orElseThrow();
  }

  private long epoch() throws Exception {
    return listing().epoch();
  }

  private Map<String, Long> published() throws Exception {
    Listing listing = listing();
    Map<String, Long> units = new TreeMap<>();
    for (Entry e : listing.entries()) {
      units.put(e.productId(), e.score().longValueExact());
    }
    return units;
  }

  @Test
  void importedTwiceItEqualsThePlainScanAndVerifiesUntilHistoryIsChanged() throws Exception {
    Path file = dir.resolve("month.csv");
    Map<String, Long> scan = month(file);
    try (UpdaterProcess a = new UpdaterProcess(dir, "a", stores, BOARDS)) {
      String[] load = {
        "import",
        "--mapping",
        "mappings/online-retail.yaml",
        "--url",
        "http://127.0.0.1:" + a.port + "/v1/events",
        "--key",
        UpdaterProcess.KEY,
        "--rejected",
        dir.resolve("rejected").toString(),
        file.toString()
      };
      a.settled();
      assertThat(podium(load).status()).isZero();
      a.kill();
      a.restart();
      assertThat(podium(load).status()).isZero();
      a.settled();
      Eventually.get("it equals the scan", this::published, scan::equals);

      String[] verify = {"verify", "--config", dir.resolve("a.yaml").toString()};
      Eventually.get("Mongo has all", () -> podium(verify), run -> run.status() == 0);
      assertThat(podium(verify).out()).startsWith("identical: ").contains("redis and mongo");

      Map<String, Long> held = published();
      String hold = "/admin/v1/listings/best/rollback";
      String wrong = "{\"epoch\":" + epoch() + ",\"reason\":\"wrong <b>feed</b>\"}";
      assertThat(a.adminPost(hold, wrong).statusCode()).isEqualTo(200);
      a.postUntilAccepted(LATER);
      a.settled();
      Run named = Eventually.get("Mongo has all", () -> podium(verify), run -> run.status() == 0);
      assertThat(named.out())
          .contains("best {}: held at epoch ", " by admin: wrong <b>feed</b>")
          .contains("identical: ", "(1 held)");
      assertThat(published()).isEqualTo(held);
      assertThat(a.adminPost("/admin/v1/listings/best/release", "{}").statusCode()).isEqualTo(200);
      Eventually.get("released", this::published, now -> !now.equals(held));
      assertThat(Eventually.get("again", () -> podium(verify), run -> run.status() == 0).out())
          .doesNotContain("held");

      changeHistory();
      Run changed = podium(verify);
      assertThat(changed.status()).isEqualTo(1);
      assertThat(changed.out()).contains("best {}, the newest epoch in Redis is damaged");
    }
  }

  /** One byte of what stands in Redis. */
  private void changeHistory() throws Exception {
    var redis = stores.cacheLink();
    String key = redis.read(r -> r.keys("podium:listing:*")).get(5, TimeUnit.SECONDS).get(0);
    byte[] value = redis.read(r -> r.hget(key, "v")).get(5, TimeUnit.SECONDS);
    value[value.length / 2] ^= 1;
    redis.write(r -> r.hset(key, "v", value)).get(5, TimeUnit.SECONDS);
  }
}
