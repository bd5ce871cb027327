package io.podium.store.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.ChildProcess;
import io.podium.store.Await;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotTierTest {
  private static final byte PAGE = 'p';
  private static final int LARGEST = 24 << 10;

  @TempDir Path dir;

  private HotSettings settings(int entries) {
    return new HotSettings(dir, entries, 512, LARGEST);
  }

  private static byte[] key(int i) {
    return HotKey.of(PAGE, "page-" + i);
  }

  /** Bytes that tell of which key they are. */
  private static byte[] value(int i, int length) {
    byte[] value = new byte[length];
    new Random(i).nextBytes(value);
    return value;
  }

  private static byte[] read(HotTier tier, byte[] key) {
    byte[] into = new byte[LARGEST];
    int length = tier.read(key, into);
    assertThat(length).as("length or code").isNotNegative();
    return Arrays.copyOf(into, length);
  }

  @Test
  void whatWasPutIsReadAndReplacedAndRemoved() {
    try (HotTier tier = HotTier.open(settings(100))) {
      byte[] into = new byte[1000];
      assertThat(tier.read(key(1), into)).isEqualTo(HotTier.MISSING);
      assertThat(tier.put(PAGE, key(1), value(1, 700))).isTrue();
      assertThat(read(tier, key(1))).isEqualTo(value(1, 700));
      assertThat(tier.put(PAGE, key(1), value(2, 40))).isTrue();
      assertThat(read(tier, key(1))).isEqualTo(value(2, 40));
      assertThat(tier.find(key(1))).isEqualTo(value(2, 40));
      tier.put(PAGE, key(3), new byte[0]);
      assertThat(tier.read(key(3), into)).isZero();
      tier.remove(key(1));
      assertThat(tier.read(key(1), into)).isEqualTo(HotTier.MISSING);
      assertThat(tier.find(key(1))).isNull();
      assertThat(tier.stats().entries()).isEqualTo(1);
    }
  }

  @Test
  void aValueLargerThanTheReadersSpaceIsToldNotCut() {
    try (HotTier tier = HotTier.open(settings(100))) {
      tier.put(PAGE, key(1), value(1, 700));
      assertThat(tier.read(key(1), new byte[699])).isEqualTo(HotTier.TOO_LARGE);
    }
  }

  @Test
  void aTooLargeValueIsRefusedAndCountedAndTheOldOneGone() {
    try (HotTier tier = HotTier.open(settings(100))) {
      tier.put(PAGE, key(1), value(1, 700));
      assertThat(tier.put(PAGE, key(1), new byte[LARGEST + 1])).isFalse();
      assertThat(tier.find(key(1))).isNull();
      assertThat(tier.put(PAGE, key(1), new byte[LARGEST])).isTrue();
      assertThat(tier.stats().refused()).isEqualTo(1);
    }
  }

  @Test
  void aFullTierKeepsWhatIsUsed() {
    try (HotTier tier = HotTier.open(settings(200))) {
      for (int i = 0; i < 3000; i++) {
        tier.put(PAGE, key(i), value(i, 300));
        for (int used = 0; used < 50; used++) {
          if (i >= used) {
            read(tier, key(used));
          }
        }
      }
      HotStats stats = tier.stats();
      assertThat(stats.entries()).isLessThanOrEqualTo(200);
      assertThat(stats.evicted()).isEqualTo(2800);
      assertThat(read(tier, key(49))).isEqualTo(value(49, 300));
    }
  }

  @Test
  void valuesMuchLargerThanTheAverageStayBounded() throws IOException {
    try (HotTier tier = HotTier.open(settings(500))) {
      for (int i = 0; i < 2000; i++) {
        tier.put(PAGE, key(i), value(i, 20_000));
      }
      assertThat(tier.stats().entries()).isBetween(10L, 500L);
      assertThat(read(tier, key(1999))).isEqualTo(value(1999, 20_000));
    }
    long size = Files.size(dir.resolve("hot-0.map"));
    assertThat(size).isLessThan(8L << 20);
  }

  @Test
  void readersOnTheLoopSeeWhatTheLibrarySees() {
    Random random = new Random(3);
    try (HotTier tier = HotTier.open(settings(2_000))) {
      for (int i = 0; i < 20_000; i++) {
        int key = random.nextInt(3_000);
        if (random.nextInt(4) == 0) {
          tier.remove(key(key));
        } else {
          tier.put(
              PAGE, key(key), value(i, random.nextInt(random.nextInt(20) == 0 ? 20_000 : 900)));
        }
      }
      byte[] into = new byte[LARGEST];
      for (int i = 0; i < 3_000; i++) {
        byte[] stored = tier.find(key(i));
        int length = tier.read(key(i), into);
        if (stored == null) {
          assertThat(length).isEqualTo(HotTier.MISSING);
        } else {
          assertThat(Arrays.copyOf(into, length)).isEqualTo(stored);
        }
      }
    }
  }

  @Test
  void closingWaitsForReadersAndRefusesTheNextOnes() throws Exception {
    HotTier tier = HotTier.open(settings(100));
    tier.put(PAGE, key(1), value(1, 20_000));
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(
          CompletableFuture.runAsync(
              () -> {
                byte[] into = new byte[LARGEST];
                while (tier.read(key(1), into) > 0) {
                  Thread.onSpinWait();
                }
              },
              work -> new Thread(work, "reader").start()));
    }
    TimeUnit.MILLISECONDS.sleep(50);
    tier.close();
    for (CompletableFuture<Void> reader : readers) {
      assertThat(reader)
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withMessageContaining("closed");
    }
  }

  @Test
  void aRestartedEngineFindsEverythingAndEvictsOn() {
    try (HotTier tier = HotTier.open(settings(100))) {
      for (int i = 0; i < 100; i++) {
        tier.put(i % 2 == 0 ? PAGE : (byte) 'b', key(i), value(i, 400));
      }
    }
    try (HotTier tier = HotTier.open(settings(100))) {
      assertThat(read(tier, key(7))).isEqualTo(value(7, 400));
      assertThat(tier.verify()).isZero();
      Map<Integer, byte[]> pages = new HashMap<>();
      tier.forEach(PAGE, (key, value) -> pages.put(Arrays.hashCode(key), value));
      assertThat(pages).hasSize(50);
      assertThat(pages.get(Arrays.hashCode(key(8)))).isEqualTo(value(8, 400));
      for (int i = 100; i < 150; i++) {
        assertThat(tier.put(PAGE, key(i), value(i, 400))).isTrue();
      }
      assertThat(tier.stats().entries()).isEqualTo(100);
      assertThat(tier.stats().evicted()).isEqualTo(50);
    }
  }

  @Test
  void twoEnginesNeverShareAFile() {
    try (HotTier first = HotTier.open(settings(100));
        HotTier second = HotTier.open(settings(100))) {
      first.put(PAGE, key(1), value(1, 100));
      assertThat(second.find(key(1))).isNull();
      second.put(PAGE, key(2), value(2, 100));
      assertThat(first.find(key(2))).isNull();
    }
  }

  @Test
  void aFileOfAnotherShapeIsSetAside() {
    try (HotTier tier = HotTier.open(settings(100))) {
      tier.put(PAGE, key(1), value(1, 100));
    }
    try (HotTier tier = HotTier.open(settings(300))) {
      assertThat(tier.find(key(1))).isNull();
      assertThat(tier.stats().setAside()).isEqualTo(1);
      assertThat(dir.resolve("hot-0.map.aside")).exists();
    }
  }

  @Test
  void afterTheMachineWentDownEverythingIsGoneThroughAndFound() throws IOException {
    try (HotTier tier = HotTier.open(settings(100))) {
      tier.put(PAGE, key(1), value(1, 100));
    }
    Path shape = dir.resolve("hot-0.shape");
    List<String> lines = Files.readAllLines(shape);
    Files.write(shape, List.of(lines.get(0), lines.get(1), "another-boot"));
    try (HotTier tier = HotTier.open(settings(100))) {
      assertThat(read(tier, key(1))).isEqualTo(value(1, 100));
      assertThat(tier.stats().setAside()).isZero();
    }
    assertThat(Files.readAllLines(shape)).isEqualTo(lines);
  }

  @Test
  void aNewerValueNeedNotWaitForTheCheckAndSurvivesIt() {
    try (HotTier tier = HotTier.open(settings(100))) {
      for (int i = 0; i < 100; i++) {
        tier.put(PAGE, key(i), value(i, 400));
      }
    }
    try (HotTier tier = HotTier.open(settings(100))) {
      assertThat(tier.put(PAGE, key(7), value(77, 300))).isTrue();
      assertThat(tier.verify()).isZero();
      assertThat(read(tier, key(7))).isEqualTo(value(77, 300));
      assertThat(tier.put(PAGE, key(100), value(100, 400))).isTrue();
      assertThat(tier.stats().entries()).isEqualTo(100);
    }
  }

  @Test
  void readersDoNotKeepEachOtherOut() throws Exception {
    try (HotTier tier = HotTier.open(settings(100))) {
      tier.put(PAGE, key(1), value(1, 100));
      List<CompletableFuture<Void>> readers = new ArrayList<>();
      for (int r = 0; r < 3; r++) {
        readers.add(
            CompletableFuture.runAsync(
                () -> {
                  byte[] into = new byte[1000];
                  for (int i = 0; i < 200_000; i++) {
                    tier.read(key(1), into);
                  }
                }));
      }
      for (CompletableFuture<Void> reader : readers) {
        reader.get(60, TimeUnit.SECONDS);
      }
      assertThat(tier.stats().busy()).isLessThan(60);
    }
  }

  @Test
  void aTruncatedOrForeignFileIsSetAside() throws IOException {
    for (byte[] garbage : List.of(new byte[0], new byte[5000], value(3, 40_000))) {
      HotTier.open(settings(100)).close();
      Files.write(dir.resolve("hot-0.map"), garbage);
      try (HotTier tier = HotTier.open(settings(100))) {
        assertThat(tier.put(PAGE, key(1), value(1, 100))).isTrue();
        assertThat(tier.stats().setAside()).isEqualTo(1);
      }
    }
  }

  @Test
  void damagedBytesAreNotServed() throws IOException {
    try (HotTier tier = HotTier.open(settings(100))) {
      for (int i = 0; i < 100; i++) {
        tier.put(PAGE, key(i), value(i, 400));
      }
    }
    damage(value(42, 400));
    try (HotTier tier = HotTier.open(settings(100))) {
      byte[] into = new byte[1000];
      // The library's own recovery may have found it already, or ours does now.
      assertThat(tier.read(key(42), into)).isIn(HotTier.CORRUPT, HotTier.MISSING);
      tier.verify();
      assertThat(tier.read(key(42), into)).isEqualTo(HotTier.MISSING);
      assertThat(read(tier, key(43))).isEqualTo(value(43, 400));
      assertThat(tier.put(PAGE, key(42), value(42, 400))).isTrue();
    }
  }

  private void damage(byte[] value) throws IOException {
    Path file = dir.resolve("hot-0.map");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf(new String(value, StandardCharsets.ISO_8859_1));
    assertThat(at).isPositive();
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(at + 200);
      out.write(~value[200]);
    }
  }

  @Test
  void aReaderBesideAWriterSeesWholeValuesOrFallsBack() throws Exception {
    try (HotTier tier = HotTier.open(settings(100))) {
      byte[] key = key(1);
      tier.put(PAGE, key, new byte[LARGEST]);
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; !stop.get(); i++) {
                  byte[] value = new byte[LARGEST - i % 100];
                  Arrays.fill(value, (byte) i);
                  tier.put(PAGE, key, value);
                }
              });
      byte[] into = new byte[LARGEST];
      long busy = 0;
      for (int i = 0; i < 20_000; i++) {
        int length = tier.read(key, into);
        if (length == HotTier.BUSY) {
          busy++;
          continue;
        }
        assertThat(length).isGreaterThan(LARGEST - 100);
        byte first = into[0];
        for (int at = 1; at < length; at++) {
          if (into[at] != first) {
            throw new AssertionError("half of a value at " + at);
          }
        }
      }
      stop.set(true);
      writer.get(30, TimeUnit.SECONDS);
      assertThat(tier.stats().busy()).isEqualTo(busy);
    }
  }

  /** Values grow and shrink in a tier without room: an attempt in vain must not harm another. */
  @ParameterizedTest
  @ValueSource(ints = {30, 45, 80})
  void aTierWithoutRoomNeverMixesValues(int keys) {
    Random random = new Random(11);
    Map<Integer, byte[]> model = new HashMap<>();
    HotSettings settings = settings(400);
    try (HotTier tier = HotTier.open(settings)) {
      byte[] into = new byte[LARGEST];
      for (int i = 0; i < 30_000; i++) {
        int key = random.nextInt(keys);
        byte[] value = value(i, 1 + random.nextInt(LARGEST - 1));
        if (tier.put(PAGE, key(key), value)) {
          model.put(key, value);
        } else {
          model.remove(key);
        }
        int other = random.nextInt(keys);
        int length = tier.read(key(other), into);
        if (length != HotTier.MISSING) {
          assertThat(Arrays.copyOf(into, length)).as("after put " + i).isEqualTo(model.get(other));
        }
      }
      assertThat(tier.stats().evicted()).isPositive();
    }
    try (HotTier tier = HotTier.open(settings)) {
      assertThat(tier.verify()).as("damaged").isZero();
      List<byte[]> seen = new ArrayList<>();
      tier.forEach(PAGE, (key, value) -> seen.add(key));
      assertThat(tier.stats().entries()).isEqualTo(seen.size()).isPositive();
      for (int key = 0; key < keys; key++) {
        byte[] found = tier.find(key(key));
        if (found != null) {
          assertThat(found).isEqualTo(model.get(key));
        }
      }
    }
  }

  @Test
  void whatIsPinnedOrInUseElsewhereMakesNoRoom() {
    HotSettings settings = settings(1000);
    for (int run = 0; run < 2; run++) {
      try (HotTier tier = HotTier.open(settings)) {
        tier.verify();
        if (run == 0) {
          tier.pin(PAGE, key(1), value(1, 300));
          tier.put(PAGE, key(2), value(2, 300));
        }
        for (int i = 0; i < 6_000; i++) {
          if (i % 500 == 0) {
            tier.use(key(2));
          }
          tier.put(PAGE, key(10 + run * 10_000 + i), value(i, 300));
        }
        assertThat(tier.stats().evicted()).isGreaterThan(4_000);
        assertThat(read(tier, key(1))).isEqualTo(value(1, 300));
        assertThat(read(tier, key(2))).isEqualTo(value(2, 300));
      }
    }
  }

  @Test
  void whereNothingMayGoTheNextValueIsRefused() {
    try (HotTier tier = HotTier.open(new HotSettings(dir, 16, 512, 1_024))) {
      for (int i = 0; i < 16; i++) {
        assertThat(tier.pin(PAGE, key(i), value(i, 300))).isTrue();
      }
      assertThat(tier.put(PAGE, key(16), value(16, 300))).isFalse();
      assertThat(tier.put(PAGE, key(3), value(33, 200))).as("no longer pinned").isTrue();
      assertThat(tier.put(PAGE, key(16), value(16, 300))).isTrue();
      assertThat(tier.find(key(3))).isNull();
      assertThat(read(tier, key(15))).isEqualTo(value(15, 300));
      assertThat(tier.stats().refused()).isEqualTo(1);
    }
  }

  @Test
  void aClosedTierTakesNothingAndClosesAgain() {
    HotTier tier = HotTier.open(settings(100));
    tier.put(PAGE, key(1), value(1, 300));
    tier.close();
    assertThat(tier.put(PAGE, key(1), value(2, 300))).isFalse();
    tier.remove(key(1));
    assertThat(tier.verify()).isZero();
    tier.close();
    try (HotTier next = HotTier.open(settings(100))) {
      assertThat(read(next, key(1))).isEqualTo(value(1, 300));
    }
  }

  /**
   * A kill while room was being made for a longer value: the record stands, the old one is gone.
   */
  @Test
  void whatWasBeingPutIntoAFullTierIsThereAfterAKill() {
    HotSettings settings = settings(200);
    try (HotTier tier = HotTier.open(settings)) {
      tier.pin(PAGE, key(0), value(0, 5_000));
      for (int i = 1; i < 100; i++) {
        tier.put(PAGE, key(i), value(i, 20_000));
      }
      tier.remove(key(99));
      assertThat(tier.stats().evicted()).as("values that made room").isPositive();
      for (int i = 200; i < 300; i++) {
        tier.put(PAGE, key(i), value(i, 3_000));
      }
      assertThat(tier.stats().entries()).as("full of bytes, not of entries").isLessThan(150);
    }
    RedoLog redo = RedoLog.open(dir.resolve("hot-0.redo"), LARGEST);
    redo.begin(key(99), HotValue.at(199, HotValue.of(PAGE, false, value(99, LARGEST))));
    try (HotTier tier = HotTier.open(settings)) {
      assertThat(read(tier, key(99))).isEqualTo(value(99, LARGEST));
      assertThat(read(tier, key(0))).isEqualTo(value(0, 5_000));
      assertThat(tier.verify()).isZero();
      assertThat(read(tier, key(99))).isEqualTo(value(99, LARGEST));
    }
  }

  /** How often; {@code -Dpodium.kills=1000} for more. */
  private static final int KILLS = Integer.getInteger("podium.kills", 5);

  @Test
  void aKilledWriterLeavesAReadableTier() throws IOException {
    Random random = new Random(KILLS);
    List<String> flags = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(f -> f.startsWith("--add-") || f.startsWith("-Dchronicle"))
        .forEach(flags::add);
    for (int round = 0; round < KILLS; round++) {
      Path log = dir.resolve("writer.log");
      String writes = Integer.toString(1000 + random.nextInt(20_000));
      List<String> arguments = List.of(dir.toString(), writes);
      try (ChildProcess writer =
          ChildProcess.startJava("writer", flags, Writer.class.getName(), arguments, log)) {
        Await.until("the writer writes", () -> writer.lastOutput().contains("writing"));
        writer.kill();
      }
      Files.delete(log);
      try (HotTier tier = HotTier.open(settings(1000))) {
        assertThat(tier.stats().setAside()).isZero();
        assertThat(tier.verify()).isZero();
        assertThat(tier.stats().entries()).isEqualTo(1000);
        byte[] into = new byte[1000];
        for (int i = 0; i < 1000; i++) {
          int length = tier.read(key(i), into);
          assertThat(length).isBetween(100, 900);
          assertThat(Arrays.copyOf(into, length)).isEqualTo(value(i, length));
          tier.put(PAGE, key(i), value(i, 500));
        }
        assertThat(tier.stats().busy()).isZero();
      }
    }
  }

  /** Overwrites a thousand values without end, with longer and shorter ones. */
  static final class Writer {
    public static void main(String[] args) {
      HotTier tier = HotTier.open(new HotSettings(Path.of(args[0]), 1000, 512, LARGEST));
      for (int i = 0; ; i++) {
        tier.put(PAGE, key(i % 1000), value(i % 1000, 100 + i * 37 % 800));
        if (i == Integer.parseInt(args[1])) {
          System.out.println("writing");
        }
      }
    }
  }
}
