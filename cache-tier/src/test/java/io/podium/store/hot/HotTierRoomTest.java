package io.podium.store.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tier that is full. */
class HotTierRoomTest extends HotTierFixture {
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
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
}
