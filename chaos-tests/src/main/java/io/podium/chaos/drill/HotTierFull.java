package io.podium.chaos.drill;

import io.podium.chaos.harness.Layout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An engine with little memory and a small hot tier is asked for many times the pages that find
 * room.
 */
final class HotTierFull extends ShopDrill {
  private static final int ENTRIES = 1_000;
  private static final int HEAP_MIB = 96;

  /** Each has a card of its own. */
  private static final int PRODUCTS = 2_000;

  private static final int AT_ONCE = 8;
  private static final Duration WATCHED = Duration.ofSeconds(30);

  HotTierFull() {
    super(
        "hot-tier-full",
        "A read engine whose local file is full and whose memory is small goes on, and says so.",
        "로컬 파일이 가득 차고 메모리가 적은 읽기 엔진도 계속 제공하며 그 사실을 알립니다.");
  }

  @Override
  Setting setting(Run run) {
    Setting standard = Setting.standard(run);
    Layout layout = standard.layout().withEngine(ENTRIES, HEAP_MIB);
    return standard.with(layout).with(standard.charts(), PRODUCTS);
  }

  @Override
  boolean isLatencyJudged() {
    // The flood is asked for by the process that measures.
    return false;
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    List<String> pages = new ArrayList<>();
    scene.shop().charts().forEach(chart -> pages.addAll(Flood.urls(chart.name())));
    String engine = scene.stack().engineUrls().get(0);
    Map<Integer, Integer> byStatus = Flood.ask(engine, pages, AT_ONCE);
    run.check(
        Promise.READS_GO_ON,
        "each of the many pages was answered, or refused with a time to come back",
        Set.of(200, 503).containsAll(byStatus.keySet()) && byStatus.containsKey(200),
        pages.size() + " pages, by status " + byStatus);
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    boolean isTold =
        run.comes(WATCHED, () -> scene.metric("podium_hot_free_percent", "") < 10)
            && scene.metric("podium_hot_evicted_total", "") > 0;
    run.check(
        Promise.TOLD,
        "metrics tell that the file is full and what had to go",
        isTold,
        String.format(
            java.util.Locale.ROOT,
            "%.0f %% free, %.0f evicted",
            scene.metric("podium_hot_free_percent", ""),
            scene.metric("podium_hot_evicted_total", "")));
    double entries = scene.metric("podium_hot_entries", "");
    run.check(
        Promise.BOUNDED,
        "the file holds no more than it has room for",
        entries > 0 && entries <= ENTRIES,
        (long) entries + " of " + ENTRIES);
  }

  @Override
  void end(Run run, Scene scene) {}
}
