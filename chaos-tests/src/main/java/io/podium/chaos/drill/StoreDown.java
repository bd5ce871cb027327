package io.podium.chaos.drill;

import io.podium.chaos.harness.Stack;
import io.podium.chaos.harness.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store, or several at once, in one kind of trouble. */
final class StoreDown extends ShopDrill {
  private static final Duration NOTICED = Duration.ofMinutes(1);
  private static final String IN_TOUCH = "podium_read_in_touch";

  /** Which stores. */
  enum Which {
    CACHE("cache", "the cache Redis", "캐시 Redis"),
    EVENTS("events", "the events Redis", "이벤트 Redis"),
    MONGO("mongo", "Mongo", "Mongo"),
    REDIS("redis", "both Redis", "두 Redis"),
    CACHE_AND_MONGO("cache+mongo", "the cache Redis and Mongo", "캐시 Redis와 Mongo"),
    EVENTS_AND_MONGO("events+mongo", "the events Redis and Mongo", "이벤트 Redis와 Mongo"),
    ALL("stores", "every store", "모든 저장소");

    private final String text;
    private final String en;
    private final String ko;

    Which(String text, String en, String ko) {
      this.text = text;
      this.en = en;
      this.ko = ko;
    }

    List<String> stores() {
      return switch (this) {
        case CACHE -> List.of(Stack.CACHE);
        case EVENTS -> List.of(Stack.EVENTS);
        case MONGO -> List.of(Stack.MONGO);
        case REDIS -> List.of(Stack.EVENTS, Stack.CACHE);
        case CACHE_AND_MONGO -> List.of(Stack.CACHE, Stack.MONGO);
        case EVENTS_AND_MONGO -> List.of(Stack.EVENTS, Stack.MONGO);
        case ALL -> List.of(Stack.EVENTS, Stack.CACHE, Stack.MONGO);
      };
    }
  }

  private final Which which;
  private final Trouble trouble;
  private final Map<String, Double> openedBefore = new HashMap<>();
  private int asked;

  StoreDown(Which which, Trouble trouble) {
    super(
        which.text + "-" + trouble.text(),
        "With "
            + which.en
            + " "
            + trouble.en()
            + " the shop's pages stay, and nothing sold is lost.",
        which.ko + " " + trouble.ko() + " 상황에서도 페이지는 유지되고 판매는 유실되지 않습니다.");
    this.which = which;
    this.trouble = trouble;
  }

  /** Every store in every trouble that the promises cover. */
  static List<Drill> all() {
    List<Drill> all = new ArrayList<>();
    for (Which which : Which.values()) {
      for (Trouble trouble : Trouble.values()) {
        if (isTried(which, trouble)) {
          all.add(new StoreDown(which, trouble));
        }
      }
    }
    return all;
  }

  private static boolean isTried(Which which, Trouble trouble) {
    return switch (trouble) {
      // What the events role forgets is its operator's choice, and no promise.
      case EMPTIED -> !which.stores().contains(Stack.EVENTS);
      case RESET, CUT -> which.stores().size() == 1;
      default -> true;
    };
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    for (String store : cutOff()) {
      openedBefore.put(store, opened(scene, store));
    }
    which.stores().forEach(store -> trouble.begin(scene.stack(), store));
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    if (isUnreachable() && which.stores().contains(Stack.CACHE)) {
      run.check(
          Promise.TOLD,
          "answers said that they may be old, and a metric that no news come",
          run.comes(NOTICED, () -> saysStale(scene) && isOutOfTouch(scene)),
          "the newest answers: " + tiers(scene));
    }
    if (isUnreachable() || trouble == Trouble.SLOW) {
      for (String store : cutOff()) {
        run.check(
            Promise.NEVER_STUCK,
            "the engine's breaker cut " + store + " off",
            run.comes(NOTICED, () -> isCutOff(scene, store)),
            "opened " + (long) opened(scene, store) + " times in all");
      }
    }
    if (which == Which.MONGO) {
      Duration fresh = scene.awaitFresh();
      run.check(
          Promise.STORES_ALONE,
          "new sales reached the pages meanwhile",
          true,
          "after " + fresh.toMillis() + " ms");
    }
  }

  /** Nothing gets through, so that whoever asks must notice. */
  private boolean isUnreachable() {
    return trouble == Trouble.KILLED || trouble == Trouble.FROZEN || trouble == Trouble.ONE_WAY;
  }

  /** As engines name the stores that they read. */
  private List<String> cutOff() {
    List<String> names = new ArrayList<>();
    if (which.stores().contains(Stack.CACHE)) {
      names.add("redis");
    }
    if (which.stores().contains(Stack.MONGO)) {
      names.add("mongo");
    }
    return names;
  }

  /** Somebody asks for products that nobody knows: what is held answers everything else. */
  private boolean isCutOff(Scene scene, String store) throws InterruptedException {
    String product = which + "-" + trouble + "-" + ++asked;
    scene.shop().api().get(scene.stack().engineUrls().get(0) + "/v1/products/" + product);
    return opened(scene, store) > openedBefore.getOrDefault(store, 0.0);
  }

  private static double opened(Scene scene, String store) throws InterruptedException {
    return scene.metric("podium_store_breaker_opened_total", "store=\"" + store + "\"");
  }

  private static boolean saysStale(Scene scene) {
    long since = scene.history().now() - Duration.ofSeconds(1).toNanos();
    return scene.reads().between(since, Long.MAX_VALUE).all().stream().anyMatch(a -> a.isStale());
  }

  private static boolean isOutOfTouch(Scene scene) throws InterruptedException {
    var told = scene.shop().metrics().samples(scene.stack().adminUrls().get(0), IN_TOUCH);
    return !told.isEmpty() && told.values().stream().allMatch(v -> v == 0);
  }

  private static String tiers(Scene scene) {
    var points = io.podium.chaos.check.Timeline.of(scene.history());
    return points.isEmpty() ? "none" : points.get(points.size() - 1).tiers().toString();
  }

  @Override
  void end(Run run, Scene scene) {
    which.stores().forEach(store -> trouble.end(scene.stack(), store));
  }
}
