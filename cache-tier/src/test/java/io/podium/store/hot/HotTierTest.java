package io.podium.store.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HotTierTest extends HotTierFixture {
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
    HotTier unread = HotTier.open(settings(100));
    unread.close();
    assertThat(unread.verify()).as("of one that was closed before").isZero();
  }
}
