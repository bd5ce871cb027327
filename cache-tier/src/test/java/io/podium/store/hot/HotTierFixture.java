package io.podium.store.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** A folder for a hot tier, and values that tell of which key they are. */
abstract class HotTierFixture {
  static final byte PAGE = 'p';
  static final int LARGEST = 24 << 10;

  @TempDir Path dir;

  HotSettings settings(int entries) {
    return new HotSettings(dir, entries, 512, LARGEST);
  }

  static byte[] key(int i) {
    return HotKey.of(PAGE, "page-" + i);
  }

  /** Bytes that tell of which key they are. */
  static byte[] value(int i, int length) {
    byte[] value = new byte[length];
    new Random(i).nextBytes(value);
    return value;
  }

  static byte[] read(HotTier tier, byte[] key) {
    byte[] into = new byte[LARGEST];
    int length = tier.read(key, into);
    assertThat(length).as("length or code").isNotNegative();
    return Arrays.copyOf(into, length);
  }
}
