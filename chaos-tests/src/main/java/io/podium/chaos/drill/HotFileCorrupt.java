package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.Stack;
import io.podium.chaos.harness.Trouble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * While the engine is down, one bit in each stretch of its hot tier's values is turned, or the file
 * is cut short; it starts while the stores are away, so that this file is all it has.
 */
final class HotFileCorrupt extends ShopDrill {
  private static final Duration START = Duration.ofMinutes(2);
  private static final int STRETCH = 60;
  private static final int FIRST = 65_536;

  /** So many characters around one make it a text. */
  private static final int SURE = 12;

  private final boolean isCut;

  HotFileCorrupt(boolean isCut) {
    super(
        isCut ? "hot-file-cut" : "hot-file-corrupt",
        isCut
            ? "A read engine whose local file was cut short starts, and serves nothing wrong."
            : "A read engine whose local file was damaged notices it, and serves nothing wrong.",
        isCut
            ? "로컬 파일이 잘린 읽기 엔진도 시작되며 잘못된 내용을 제공하지 않습니다."
            : "로컬 파일이 손상된 읽기 엔진은 이를 알아차리고 잘못된 내용을 제공하지 않습니다.");
    this.isCut = isCut;
  }

  @Override
  boolean isAnsweredThroughout() {
    return false;
  }

  @Override
  boolean isLatencyJudged() {
    return false;
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    Member engine = scene.stack().member("engine-1");
    engine.kill();
    scene.history().engineLost();
    Trouble.KILLED.begin(scene.stack(), Stack.CACHE);
    for (Path map : maps(scene.stack().hotDirs().get(0))) {
      int hurt = isCut ? cut(map) : flip(map, run.random());
      run.fact(map.getFileName().toString(), isCut ? "half of it" : hurt + " bits turned");
    }
    engine.start();
    String url = scene.stack().adminUrls().get(0) + "/health/live";
    run.await("the engine answers again", START, () -> scene.shop().api().isUp(url));
  }

  private static List<Path> maps(Path dir) throws IOException {
    try (var files = Files.list(dir)) {
      return files.filter(f -> f.toString().endsWith(".map")).toList();
    }
  }

  private static int cut(Path map) throws IOException {
    try (FileChannel file = FileChannel.open(map, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
      return 1;
    }
  }

  /** In the texts of pages, listings and cards: what stands around them is the library's own. */
  private static int flip(Path map, SplittableRandom random) throws IOException {
    int flipped = 0;
    byte[] block = new byte[1 << 20];
    try (RandomAccessFile file = new RandomAccessFile(map.toFile(), "rw")) {
      for (long start = FIRST; start < file.length(); start += block.length) {
        file.seek(start);
        int read = file.read(block);
        for (int at = SURE; at < read - SURE; at += 1 + random.nextInt(STRETCH)) {
          if (isText(block, at)) {
            file.seek(start + at);
            file.write(block[at] ^ 1);
            flipped++;
          }
        }
      }
    }
    return flipped;
  }

  private static boolean isText(byte[] block, int at) {
    for (int i = at - SURE; i <= at + SURE; i++) {
      if (block[i] < ' ' || block[i] > '~') {
        return false;
      }
    }
    return true;
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    double seen =
        scene.metric("podium_hot_corrupt_total", "")
            + scene.metric("podium_hot_set_aside_total", "");
    run.check(Promise.TOLD, "metrics tell that the file was damaged", seen > 0, seen + " times");
  }

  @Override
  void end(Run run, Scene scene) {
    Trouble.KILLED.end(scene.stack(), Stack.CACHE);
  }
}
