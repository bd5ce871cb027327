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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.openhft.chronicle.hash.impl.BigSegmentHeader;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the next process finds, however the one before it ended. */
class HotTierRestartTest extends HotTierFixture {
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

  /** It frees the locks before anything else, and says of the file that it is not ready. */
  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true"})
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aRecoveryThatWasKilledIsBegunAgainAtOnce(boolean isMarked, boolean isUnready)
      throws IOException {
    fill(100);
    falsify(0, 77);
    redo().recovering(isMarked);
    if (isUnready) {
      saysNotReady();
    }
    for (int start = 0; start < 2; start++) {
      try (HotTier tier = HotTier.open(settings(100))) {
        assertThat(tier.stats().entries()).isEqualTo(100);
        assertThat(tier.stats().setAside()).isZero();
        assertThat(tier.verify()).isZero();
      }
      assertThat(redo().isRecovering()).isFalse();
    }
  }

  private RedoLog redo() {
    return RedoLog.open(dir.resolve("hot-0.redo"), LARGEST);
  }

  /** As the library does before it recovers. */
  private void saysNotReady() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(dir.resolve("hot-0.map").toFile(), "rw")) {
      file.seek(11);
      int last = file.read();
      file.seek(11);
      file.write(last | 0x80);
    }
  }

  /** The library cannot go through a segment that holds another count of entries than it says. */
  @Test
  void whereASegmentCannotBeGoneThroughItsValuesAreCheckedAtEachRead() throws IOException {
    fill(100);
    falsify(0, 1_000);
    try (HotTier tier = HotTier.open(settings(100))) {
      assertThat(tier.verify()).isZero();
      damage(value(42, 400));
      assertThat(tier.read(key(42), new byte[1000])).isEqualTo(HotTier.CORRUPT);
      assertThat(read(tier, key(43))).isEqualTo(value(43, 400));
      assertThat(tier.put(PAGE, key(42), value(42, 300))).isTrue();
      assertThat(read(tier, key(42))).isEqualTo(value(42, 300));
    }
    try (HotTier tier = HotTier.open(settings(100))) {
      assertThat(tier.stats().entries()).as("recovered").isEqualTo(100);
    }
  }

  private void fill(int entries) {
    try (HotTier tier = HotTier.open(settings(entries))) {
      for (int i = 0; i < entries; i++) {
        tier.put(PAGE, key(i), value(i, 400));
      }
    }
  }

  /** Makes the file say that a segment holds so many. */
  private void falsify(int segment, long entries) {
    HotSettings settings = settings(100);
    HotFile file = HotFile.claim(dir);
    try (file;
        var map = (VanillaChronicleMap<byte[], byte[], ?>) HotMap.open(settings, file, redo())) {
      BigSegmentHeader.INSTANCE.entries(map.segmentHeaderAddress(segment), entries);
    }
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
    redo().begin(key(99), HotValue.at(199, HotValue.of(PAGE, false, value(99, LARGEST))));
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
