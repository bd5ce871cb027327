package io.podium.ranking.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Two updaters with their real loop, checkpoints, archive, lease, publisher, card keepers and
 * trimming, in virtual time, against stores in memory that lose, delay, repeat and refuse; with
 * crashes at any call and between any two steps on the disk, damaged files, an emptied cache, and
 * takeovers while a call is under way. One thread; the same seed does the same.
 */
final class PublishingSimulation {
  private static final Duration SOON = Duration.ofSeconds(8);
  private static final int LOOKS = 5;

  private final Random random;
  private final SimulatedWorld world;
  private final SimulatedShop shop;
  private final SimulatedUpdater[] updaters = new SimulatedUpdater[2];
  private final boolean archivesSuffer;
  private boolean nested;

  PublishingSimulation(long seed, Path dir) throws IOException {
    random = new Random(seed);
    // Where silent updaters are forgotten, the other's archive is all there is: it stays sound.
    archivesSuffer = seed % 2 == 0;
    world = new SimulatedWorld(random, dir, archivesSuffer ? Duration.ofDays(1) : SOON);
    shop = new SimulatedShop(random, world);
    updaters[0] = new SimulatedUpdater(world, "a", "b");
    updaters[1] = new SimulatedUpdater(world, "b", "a");
  }

  void run(int steps) throws Exception {
    for (int i = 0; i < steps; i++) {
      stepAnything();
    }
    world.faults().end();
    world.faults().deliverDelayed();
    settle(160);
    for (int look = 1; !isTrue(look == LOOKS); look++) {
      settle(7);
    }
  }

  /** A step may have ended just before: what expired with it is published soon. */
  private boolean isTrue(boolean must) throws Exception {
    try {
      new SettledCheck(world, shop, updaters).run();
      return true;
    } catch (AssertionError e) {
      if (must) {
        throw e;
      }
      return false;
    }
  }

  private void settle(int rounds) throws IOException {
    for (int i = 0; i < rounds; i++) {
      world.pass(50);
      shop.send();
      for (SimulatedUpdater updater : updaters) {
        if (!updater.isAlive()) {
          updater.start();
        }
        for (int thread = 0; thread < SimulatedUpdater.THREADS; thread++) {
          updater.step(thread);
        }
      }
    }
  }

  private void stepAnything() throws IOException {
    int dice = random.nextInt(100);
    if (dice < 12) {
      shop.sell();
    } else if (dice < 14) {
      shop.send();
    } else if (dice < 26) {
      world.pass(1 + random.nextInt(150));
    } else if (dice < 27) {
      world.pass(3_000);
    } else if (dice < 28) {
      updaters[random.nextInt(2)].crash();
    } else if (dice < 29) {
      shop.decide();
    } else if (dice < 30 && random.nextInt(5) == 0) {
      world.wipeCache();
    } else {
      SimulatedUpdater updater = updaters[random.nextInt(2)];
      SimulatedUpdater other = updaters[0] == updater ? updaters[1] : updaters[0];
      world.faults().meanwhile(() -> othersGoOn(other));
      step(updater);
    }
  }

  private void step(SimulatedUpdater updater) throws IOException {
    if (updater.isAlive()) {
      updater.step(thread());
    } else if (random.nextInt(10) == 0) {
      damage(updater);
      updater.start();
    }
  }

  /** The loop and the publisher more often than the others. */
  private int thread() {
    int dice = random.nextInt(SimulatedUpdater.THREADS + 10);
    return dice < SimulatedUpdater.THREADS ? dice : dice % 2;
  }

  /** Long enough for a takeover, while a call of the first one is under way. */
  private void othersGoOn(SimulatedUpdater other) {
    if (nested || !other.isAlive()) {
      return;
    }
    nested = true;
    for (int i = 0; i < 12 && other.isAlive(); i++) {
      world.pass(250);
      if (i % 4 == 0) {
        shop.sell();
      }
      for (int which = SimulatedUpdater.THREADS - 1; which >= 0 && other.isAlive(); which--) {
        other.step(which);
      }
    }
    nested = false;
  }

  /** What a disk may have done while nobody looked. */
  private void damage(SimulatedUpdater updater) throws IOException {
    List<Path> files = new CheckpointFiles(updater.dir()).newestFirst();
    if (!files.isEmpty() && random.nextInt(3) == 0) {
      damage(files.get(0));
    }
    if (archivesSuffer && updater == updaters[0] && random.nextInt(3) == 0) {
      List<Path> archive = files(updater.dir().resolve("archive"));
      if (!archive.isEmpty()) {
        damage(archive.get(random.nextInt(archive.size())));
      }
    }
  }

  private static List<Path> files(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(f -> f.toString().endsWith(".gz")).sorted().toList();
    }
  }

  /** One flipped bit, or a lost end. */
  private void damage(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      if (bytes.length() == 0) {
        return;
      }
      long at = (long) (random.nextDouble() * bytes.length());
      if (random.nextBoolean()) {
        bytes.setLength(at);
        return;
      }
      bytes.seek(at);
      int was = bytes.read();
      bytes.seek(at);
      bytes.write(was ^ (1 << random.nextInt(8)));
    }
  }
}
