package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.SmallDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The file system under the data of the engine, or of both updaters, is a small one that something
 * else fills to the last byte. Needs the right to mount.
 */
final class DiskFull extends ShopDrill {
  private static final Duration START = Duration.ofMinutes(2);
  private final boolean isEngine;

  DiskFull(boolean isEngine) {
    super(
        isEngine ? "engine-disk-full" : "updater-disk-full",
        isEngine
            ? "A read engine whose disk is full goes on serving."
            : "With an updater's disk full nothing that was sold is lost.",
        isEngine ? "디스크가 가득 찬 읽기 엔진도 계속 제공합니다." : "업데이터의 디스크가 가득 차도 판매는 유실되지 않습니다.");
    this.isEngine = isEngine;
  }

  @Override
  public boolean isPossible() {
    return SmallDisk.isPossible();
  }

  @Override
  boolean isAnsweredThroughout() {
    return !isEngine; // it is started anew, on the small disk
  }

  @Override
  boolean isLatencyJudged() {
    return false;
  }

  private Path dir(Scene scene) {
    return isEngine ? scene.stack().hotDirs().get(0) : scene.stack().updaterDirs().get(0);
  }

  private Member member(Scene scene) {
    return scene.stack().member(isEngine ? "engine-1" : "updater-a");
  }

  private boolean isUp(Scene scene) throws InterruptedException {
    return isEngine
        ? scene.shop().isServed(scene.shop().page())
        : scene.shop().answers(member(scene));
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    Path dir = dir(scene);
    member(scene).kill();
    if (isEngine) {
      scene.history().engineLost();
    }
    run.keep(SmallDisk.over(dir, isEngine ? "96m" : "8m"));
    member(scene).start();
    run.await(member(scene).name() + " answers", START, () -> isUp(scene));
    run.fact("filled with", fill(dir.resolve("something-else")) / 1024 + " KiB of something else");
  }

  private static long fill(Path file) throws IOException {
    long written = 0;
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
        written += block.length;
      }
    } catch (IOException e) {
      // Full, as meant.
      return written;
    }
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    run.check(
        isEngine ? Promise.READS_GO_ON : Promise.COUNTED_ONCE,
        member(scene).name() + " lives on",
        member(scene).isAlive() && isUp(scene),
        member(scene).isAlive() ? "it answers" : member(scene).lastOutput());
  }

  @Override
  void end(Run run, Scene scene) throws Exception {
    Files.deleteIfExists(dir(scene).resolve("something-else"));
    if (!member(scene).isAlive()) {
      member(scene).start();
    }
    run.await(member(scene).name() + " answers", START, () -> isUp(scene));
  }
}
