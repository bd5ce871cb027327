package io.podium.chaos.drill;

import io.podium.chaos.check.History;
import io.podium.chaos.check.Sales;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A drill in a shop where people buy and read all the time. What is particular to it is how the
 * fault begins and ends, and what is checked beside what always must hold: {@link Verdict}.
 */
abstract class ShopDrill implements Drill {
  private final String name;
  private final Words hypothesis;
  private @Nullable Scene open;

  ShopDrill(String name, String en, String ko) {
    this.name = name;
    this.hypothesis = new Words(en, ko);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Words hypothesis() {
    return hypothesis;
  }

  /** What it is played in. */
  Setting setting(Run run) {
    return Setting.standard(run);
  }

  /** What is sold; null: as it happens, all the time. */
  @Nullable Sales sales(Run run) {
    return null;
  }

  /** Events a second at most, when {@link #sales} are told. */
  int salesPerSecond(Run run) {
    return 4_000;
  }

  /** Whether people buy still when the fault has ended. */
  boolean sellsOn() {
    return true;
  }

  /** How long the fault lasts at least. */
  Duration spell(Run run) {
    return run.isLong() ? Duration.ofSeconds(6) : Duration.ofMillis(1_500);
  }

  /** Whether there is somebody to answer all the time. */
  boolean isAnsweredThroughout() {
    return true;
  }

  /** Whether nothing but the shop's sales is counted. */
  boolean countsOnlySales() {
    return true;
  }

  /** Whether the latency while it lasts is compared with that before; at full length only. */
  boolean isLatencyJudged() {
    return true;
  }

  /** Most that the usual p99 of a second may grow while the fault lasts; judged at full length. */
  double slowerAtMost() {
    return 10;
  }

  /** After the good seconds, before the fault. */
  void prepare(Run run, Scene scene) throws Exception {}

  abstract void begin(Run run, Scene scene) throws Exception;

  /** After the spell. */
  void during(Run run, Scene scene) throws Exception {}

  abstract void end(Run run, Scene scene) throws Exception;

  /** When everybody left and all is counted. */
  void after(Run run, Scene scene) throws Exception {}

  @Override
  public final void steadyState(Run run) throws Exception {
    Scene scene = Scene.begin(run, setting(run), sales(run));
    open = scene;
    scene.hold(run.isLong() ? Duration.ofSeconds(scene.isFirst() ? 12 : 4) : Duration.ofSeconds(1));
    if (run.isLong() && isLatencyJudged()) {
      scene.awaitSteady();
    }
    prepare(run, scene);
    if (!scene.shop().isLive()) {
      scene.shop().startTelling(salesPerSecond(run));
    }
  }

  @Override
  public final void fault(Run run) throws Exception {
    scene().history().faultBegins(name);
    begin(run, scene());
  }

  @Override
  public final void meanwhile(Run run) throws Exception {
    scene().hold(spell(run));
    during(run, scene());
  }

  @Override
  public final void recovery(Run run) throws Exception {
    scene().history().faultEnds();
    end(run, scene());
    if (scene().shop().isLive() && sellsOn()) {
      Duration fresh = scene().awaitFresh();
      run.fact("from the end of the fault to fresh pages", fresh.toMillis() + " ms");
    }
    if (run.isLong()) {
      scene().hold(Duration.ofSeconds(2));
    }
    scene().settle();
  }

  @Override
  public final void afterwards(Run run) throws Exception {
    Verdict verdict = new Verdict(run, scene());
    List<History.Band> bands = scene().history().bands();
    if (isAnsweredThroughout()) {
      verdict.everyReadAnswered();
    } else {
      verdict.everyReadAnsweredButWithoutEngine(bands.get(0));
    }
    verdict.pagesWhole();
    verdict.neverBack(scene().history().losses());
    if (run.isLong() && isLatencyJudged()) {
      verdict.notSlower(bands, slowerAtMost());
    }
    Settled settled = new Settled(run, scene().shop());
    if (countsOnlySales()) {
      settled.checkCounts();
    }
    settled.checkListings();
    after(run, scene());
  }

  @Override
  public final String toString() {
    return name;
  }

  private Scene scene() {
    if (open == null) {
      throw new IllegalStateException("the phase before was not run");
    }
    return open;
  }
}
