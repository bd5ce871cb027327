package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.store.hot.HotKey;
import io.podium.store.hot.HotSettings;
import io.podium.store.hot.HotTier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alarm comes while there is room still, and goes when there is room again. */
class HotWatchTest {
  private static final int ENTRIES = 200;

  @Test
  void warnsBeforeTheTierIsFullAndNotAfterwards(@TempDir Path dir) {
    try (HotTier hot = HotTier.open(new HotSettings(dir, ENTRIES, 256, 4_096))) {
      HotWatch watch = new HotWatch(hot, HotWatchTest::fail);
      put(hot, 0, ENTRIES / 2);
      watch.start();
      try {
        assertThat(watch.isLow()).isFalse();
        put(hot, ENTRIES / 2, ENTRIES - 10);
        Http.await("the alarm", watch::isLow);
        assertThat(hot.stats().evicted()).as("values that had to go by then").isZero();
        for (int i = 0; i < ENTRIES / 2; i++) {
          hot.remove(key(i));
        }
        Http.await("the end of the alarm", () -> !watch.isLow());
      } finally {
        watch.stop();
      }
    }
  }

  /** The next look is taken all the same. */
  private static void fail() {
    throw new IllegalStateException("nobody is in use");
  }

  private static void put(HotTier hot, int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(hot.put((byte) 'P', key(i), new byte[200])).isTrue();
    }
  }

  private static byte[] key(int i) {
    return HotKey.of((byte) 'P', "page-" + i);
  }
}
