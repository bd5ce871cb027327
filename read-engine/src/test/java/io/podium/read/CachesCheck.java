package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The caches that shops have, in front of two engines. On demand, as it needs nginx and Varnish:
 *
 * <pre>
 * ./podium test -pl read-engine -am -Dtest=CachesCheck -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class CachesCheck {
  private static final List<String> CODINGS = List.of("identity", "gzip", "br");
  private static final List<String> SAME =
      List.of("ETag", "Content-Type", "Content-Encoding", "Vary", "Cache-Control", "Link");
  private static final int FRESH_MS = 1_000;

  private interface Kind {
    FrontCache start(Path dir, int one, int two) throws IOException;
  }

  @Test
  void nginxServesTheSamePages(@TempDir Path dir) throws IOException {
    check(dir, FrontCache::nginx);
  }

  @Test
  void varnishServesTheSamePages(@TempDir Path dir) throws IOException {
    check(dir, FrontCache::varnish);
  }

  private static void check(Path dir, Kind kind) throws IOException {
    try (Shop shop = new Shop(dir)) {
      // Cursors are issued anew once in a tenth of this.
      shop.boards(Shop.board(Duration.ofHours(10)));
      shop.card("P1", 1, Map.of("name", "\"토너\"", "price", "12900"));
      shop.publish(Shop.BEST, 1000, Shop.entries(1, 95));
      shop.publish(Shop.BEST_TONER, 1000, Shop.entries(1, 25));
      Engine one = Engines.start(shop.stores(), dir.resolve("one"));
      Engine two = Engines.start(shop.stores(), dir.resolve("two"));
      try (FrontCache cache = kind.start(dir.resolve("cache"), one.port(), two.port())) {
        List<String> targets = targets(new Http(one.port()));
        Map<String, HttpResponse<byte[]>> kept = sameBytes(cache, one, two, targets);
        isRevalidated(cache, one, two, targets, kept);
        shop.publish(Shop.BEST, 2000, Shop.entries(5, 95));
        followsANewEpoch(cache, two, targets(new Http(one.port())));
        kept = sameBytes(cache, one, two, targets(new Http(one.port())));
        one.close();
        two.close();
        isServedStale(cache, kept);
      } finally {
        one.close();
        two.close();
      }
    }
  }

  private static List<String> targets(Http engine) {
    List<String> targets = new ArrayList<>();
    for (String first :
        List.of(
            "/v1/rankings/best?size=10",
            "/v1/rankings/best?size=50",
            "/v1/rankings/best?category=beauty%2F%EC%8A%A4%ED%82%A8%EC%BC%80%EC%96%B4")) {
      for (String at = first; at != null; ) {
        targets.add(at);
        HttpResponse<byte[]> page = engine.until(at, a -> a.statusCode() == 200);
        at = json(page).has("next") ? json(page).get("next").asText() : null;
      }
    }
    targets.addAll(List.of("/v1/boards", "/v1/rankings/best/products/P1", "/v1/products/P1"));
    return targets;
  }

  /** Twice each, so that what is kept is seen as well as what is fetched. */
  private static Map<String, HttpResponse<byte[]>> sameBytes(
      FrontCache cache, Engine one, Engine two, List<String> targets) {
    Map<String, HttpResponse<byte[]>> kept = new HashMap<>();
    int compared = 0;
    for (int round = 0; round < 2; round++) {
      for (String target : targets) {
        for (String coding : CODINGS) {
          HttpResponse<byte[]> seen = cache.http().get(target, "Accept-Encoding", coding);
          for (Engine engine : List.of(one, two)) {
            same(seen, new Http(engine.port()).get(target, "Accept-Encoding", coding));
            compared++;
          }
          kept.put(coding + " " + target, seen);
        }
      }
    }
    System.out.println(compared + " answers of the cache compared with an engine's: 0 differences");
    return kept;
  }

  private static void same(HttpResponse<byte[]> cached, HttpResponse<byte[]> direct) {
    assertThat(cached.statusCode()).isEqualTo(200).isEqualTo(direct.statusCode());
    assertThat(cached.body()).as(cached.uri().toString()).isEqualTo(direct.body());
    for (String name : SAME) {
      assertThat(header(cached, name)).as(name).isEqualTo(header(direct, name));
    }
  }

  /** The engines answer what the cache asks again with 304, and clients the cache's own. */
  private static void isRevalidated(
      FrontCache cache,
      Engine one,
      Engine two,
      List<String> targets,
      Map<String, HttpResponse<byte[]>> kept) {
    for (String target : targets) {
      String tag = header(Objects.requireNonNull(kept.get("gzip " + target)), "ETag");
      HttpResponse<byte[]> same =
          cache.http().get(target, "Accept-Encoding", "gzip", "If-None-Match", tag);
      assertThat(same.statusCode()).as(target).isEqualTo(304);
      assertThat(header(same, "ETag")).isEqualTo(tag);
    }
    long before = notModified(one) + notModified(two);
    Http.await(
        "as many 304 as there are pages",
        () -> {
          pause();
          kept.forEach(
              (key, page) -> {
                String[] asked = key.split(" ", 2);
                same(cache.http().get(asked[1], "Accept-Encoding", asked[0]), page);
              });
          return notModified(one) + notModified(two) - before >= kept.size();
        });
  }

  private static long notModified(Engine engine) {
    return Http.text(new Http(engine.adminPort()).get("/metrics"))
        .lines()
        .filter(line -> line.startsWith("podium_read_requests_total{status=\"3xx\"}"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  /** A cache may show the old one once more while it fetches the new one. */
  private static void followsANewEpoch(FrontCache cache, Engine engine, List<String> targets) {
    Http direct = new Http(engine.port());
    direct.until(targets.get(0), a -> json(a).get("epoch").asLong() == 2000);
    for (String target : targets) {
      for (String coding : CODINGS) {
        Http.await(
            "the newest " + target,
            () -> tag(cache.http(), target, coding).equals(tag(direct, target, coding)));
      }
    }
  }

  private static String tag(Http http, String target, String coding) {
    return header(http.get(target, "Accept-Encoding", coding), "ETag");
  }

  private static void isServedStale(FrontCache cache, Map<String, HttpResponse<byte[]>> kept) {
    for (int round = 0; round < 2; round++) {
      pause();
      kept.forEach(
          (key, page) -> {
            String[] asked = key.split(" ", 2);
            same(cache.http().get(asked[1], "Accept-Encoding", asked[0]), page);
          });
    }
    System.out.println(2 * kept.size() + " answers without an engine: 0 differences");
  }

  /** Beyond max-age. */
  private static void pause() {
    try {
      Thread.sleep(FRESH_MS + 200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
