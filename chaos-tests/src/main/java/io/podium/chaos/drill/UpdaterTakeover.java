package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The active updater is killed, and next time frozen until the other one has taken over: then it
 * wakes, perhaps in the middle of a write.
 */
final class UpdaterTakeover extends ShopDrill {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** Less than any rest of a lease: a page that is newer after it is the other one's. */
  private static final Duration LAST_ARRIVES = Duration.ofMillis(500);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Duration clocksApart;

  private UpdaterTakeover(Duration clocksApart, String name, String en, String ko) {
    super(name, en, ko);
    this.clocksApart = clocksApart;
  }

  static UpdaterTakeover usual() {
    return new UpdaterTakeover(
        Duration.ZERO,
        "updater-takeover",
        "When the active updater dies or hangs, the other one goes on within three seconds, and"
            + " never do two of them publish.",
        "활성 업데이터가 죽거나 멈추면 다른 업데이터가 3초 안에 이어받고, 둘이 동시에 발행하지 않습니다.");
  }

  /** One machine's clock is ahead, the other one's behind. */
  static UpdaterTakeover withClocksApart() {
    return new UpdaterTakeover(
        Duration.ofMinutes(1),
        "clocks-apart",
        "When the clocks of the updaters are two minutes apart, nothing goes back or is lost at a"
            + " takeover.",
        "업데이터들의 시계가 2분 어긋나도 이어받을 때 되돌아가거나 유실되는 것이 없습니다.");
  }

  @Override
  Setting setting(Run run) {
    Setting standard = Setting.standard(run);
    return standard.with(standard.layout().withClocksApart(clocksApart));
  }

  @Override
  Duration spell(Run run) {
    return Duration.ZERO;
  }

  @Override
  double slowerAtMost() {
    // Processes start all the time, on the same cores.
    return 50;
  }

  @Override
  void begin(Run run, Scene scene) {}

  @Override
  void during(Run run, Scene scene) throws Exception {
    List<Long> took = new ArrayList<>();
    for (int round = 0; round < (run.isLong() ? 4 : 2); round++) {
      run.await("one updater active, the other following", PATIENCE, () -> isPaired(scene));
      Member victim = active(scene);
      if (victim != null) {
        // A request that hangs would keep the shop from selling, and then nothing is published.
        scene.shop().client().spare(scene.shop().updaters().indexOf(victim));
        took.add(round % 2 == 0 ? killed(run, scene, victim) : frozen(run, scene, victim));
        scene.shop().client().spareNone();
      }
    }
    run.fact("from the fault to the other one's first page, ms", took.toString());
    if (run.isLong()) {
      run.check(
          Promise.NEVER_STUCK,
          "the other updater had published within " + LIMIT.toSeconds() + " s each time",
          took.stream().allMatch(ms -> ms <= LIMIT.toMillis()),
          took + " ms");
    }
  }

  private static boolean isPaired(Scene scene) throws InterruptedException {
    Member active = active(scene);
    return active != null && state(scene, other(scene, active)).equals("following");
  }

  private static @Nullable Member active(Scene scene) throws InterruptedException {
    for (Member updater : scene.shop().updaters()) {
      if (state(scene, updater).equals("active")) {
        return updater;
      }
    }
    return null;
  }

  private static Member other(Scene scene, Member updater) {
    return scene.shop().updaters().stream().filter(u -> u != updater).findFirst().orElseThrow();
  }

  private static String state(Scene scene, Member updater) throws InterruptedException {
    return scene.shop().progress(updater).path("state").asText();
  }

  private static long killed(Run run, Scene scene, Member victim) throws Exception {
    run.tell("kill -9 " + victim.name());
    victim.kill();
    long took = untilPublished(run, scene, other(scene, victim));
    victim.start();
    return took;
  }

  private static long frozen(Run run, Scene scene, Member victim) throws Exception {
    run.tell("freeze " + victim.name());
    victim.freeze();
    try {
      return untilPublished(run, scene, other(scene, victim));
    } finally {
      victim.thaw();
    }
  }

  /** Milliseconds until a page shows what the one which took over has published. */
  private static long untilPublished(Run run, Scene scene, Member next) throws Exception {
    long began = System.nanoTime();
    Thread.sleep(LAST_ARRIVES.toMillis());
    long before = epoch(scene);
    run.await("a newer page", PATIENCE, () -> epoch(scene) > before);
    long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
    run.await(next.name() + " is active", PATIENCE, () -> state(scene, next).equals("active"));
    return took;
  }

  private static long epoch(Scene scene) throws InterruptedException {
    var page = scene.shop().api().json(scene.shop().page());
    return page == null ? 0 : page.path("epoch").asLong();
  }

  @Override
  void end(Run run, Scene scene) {}

  @Override
  void after(Run run, Scene scene) throws Exception {
    new Settled(run, scene.shop()).checkVerify();
  }
}
