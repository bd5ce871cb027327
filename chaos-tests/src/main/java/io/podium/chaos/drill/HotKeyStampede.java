package io.podium.chaos.drill;

import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import io.podium.chaos.harness.RedisMonitor;
import io.podium.chaos.harness.Stack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Hundreds ask at once for one page that is not held, while its store is slow to answer. */
final class HotKeyStampede extends ShopDrill {
  private static final int CLIENTS = 300;

  private static final Duration SLOW = Duration.ofMillis(200);
  private static final Duration TOLD = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static int turn;

  HotKeyStampede() {
    super(
        "hot-key-stampede",
        "When everybody wants the same new page at once, it is fetched once and all get it.",
        "모두가 같은 새 페이지를 동시에 원해도 한 번만 가져와 모두에게 제공합니다.");
  }

  @Override
  Duration spell(Run run) {
    return Duration.ZERO;
  }

  @Override
  double slowerAtMost() {
    // All of them connect at once, on the same cores as those who measure.
    return 50;
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    FaultProxy link = scene.stack().links().between("engine-1", Stack.CACHE);
    link.set(Fault.NONE, Fault.delay(SLOW, Duration.ZERO));
    int number = turn++ % 30;
    String category = "c" + number % 10 + "/s" + number;
    String url =
        "/v1/rankings/" + Setting.UNREAD + "?size=10&category=" + category.replace("/", "%2F");
    int port = scene.stack().stores().cache().port();
    try (RedisMonitor monitor = new RedisMonitor(port, line -> isLoad(line, category))) {
      List<Integer> statuses = all(scene.stack().engineUrls().get(0) + url);
      link.heal();
      // The server tells of a command before it answers it, but on another connection.
      run.comes(TOLD, () -> monitor.seen() > 0);
      long loads = monitor.seen();
      long good = statuses.stream().filter(s -> s == 200).count();
      run.check(
          Promise.LOADED_ONCE,
          CLIENTS + " clients cost the store one load",
          good == CLIENTS && loads == 1,
          good + " answered, the store was asked " + loads + " times for the listing");
    }
  }

  /** The engine's way to ask for a listing that it does not hold; an updater writes by scripts. */
  private static boolean isLoad(String line, String category) {
    return line.toUpperCase(Locale.ROOT).contains("\"HGET\" ")
        && line.contains(Setting.UNREAD)
        && line.contains(category)
        && line.endsWith("\"v\"");
  }

  private static List<Integer> all(String url) throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    List<CompletableFuture<Integer>> asked = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      asked.add(
          http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
              .handle((answer, failure) -> failure == null ? answer.statusCode() : 0));
    }
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<Integer> one : asked) {
      statuses.add(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    return statuses;
  }

  @Override
  void end(Run run, Scene scene) {}
}
