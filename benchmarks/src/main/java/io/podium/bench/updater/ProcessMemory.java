package io.podium.bench.updater;

import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds, after a full collection.
 *
 * @param resident bytes of memory as the system counts them; the heap is in it whole, where it was
 *     touched in advance
 * @param direct bytes of direct buffers
 * @param heap bytes of live objects
 */
record ProcessMemory(long resident, long direct, long heap) {
  static ProcessMemory now() {
    // The second one follows the cleaning that the first one found to do.
    System.gc();
    System.gc();
    return new ProcessMemory(
        residentBytes(),
        directBytes(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  ProcessMemory minus(ProcessMemory before) {
    return new ProcessMemory(
        resident - before.resident, direct - before.direct, heap - before.heap);
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static long residentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      throw new MeasurementException("no memory figures: " + e.getMessage(), e);
    }
    throw new MeasurementException("no memory figures: /proc/self/status has no VmRSS");
  }
}
