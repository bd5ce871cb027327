package io.podium.bench.updater;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StateMemoryTest {
  @Test
  void directMemory_isSeen() {
    ProcessMemory before = ProcessMemory.now();
    ByteBuffer block = ByteBuffer.allocateDirect(64 << 20);
    for (int i = 0; i < block.capacity(); i += 4096) {
      block.put(i, (byte) 1);
    }
    ProcessMemory grown = ProcessMemory.now().minus(before);
    // What other tests left behind may go meanwhile.
    assertThat(grown.direct()).isBetween(48L << 20, 16L << 20 | block.capacity());
    assertThat(ProcessMemory.now().resident()).isGreaterThan(64L << 20);
  }
}
