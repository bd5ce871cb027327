package io.podium.read.admin;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/** What the process takes, from the JVM's own books. */
final class Memory {
  /** Bytes. */
  record Use(long allocated, long heap, long direct, long mapped, long netty) {}

  /** Threads that end take their count along; the sum must not shrink. */
  private static final AtomicLong MOST_ALLOCATED = new AtomicLong();

  private Memory() {}

  static Use now() {
    return new Use(
        allocated(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        pool("direct"),
        pool("mapped"),
        Math.max(0, PlatformDependent.usedDirectMemory()));
  }

  private static long allocated() {
    if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
      return 0;
    }
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return MOST_ALLOCATED.accumulateAndGet(sum, Math::max);
  }

  private static long pool(String name) {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals(name))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
