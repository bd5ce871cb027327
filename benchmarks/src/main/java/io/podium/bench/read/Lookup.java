package io.podium.bench.read;

import com.sun.management.ThreadMXBean;
import io.podium.bench.Bystanders;
import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import io.podium.store.hot.HotKey;
import io.podium.store.hot.HotSettings;
import io.podium.store.hot.HotTier;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * R5: a look-up in the hot tier with the copy out, at random keys, beside the least that an
 * off-heap map can do: an open-addressed table of the same keys outside the heap, and the same
 * copy, without locks, bounds or persistence. Both in this process, in turn.
 */
public final class Lookup implements Measurement {
  private static final int ENTRIES = 100_000;
  private static final int SMALL = 500;
  private static final int USUAL = 4_096;
  private static final int LARGE = 8_192;
  private static final int ORDER = 1 << 16;
  private static final Duration WARM = Duration.ofSeconds(1);

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx512m", "-XX:MaxDirectMemorySize=3g");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    List<byte[]> keys = keys();
    return Scratch.use(
        dir -> {
          var other = CompletableFuture.supplyAsync(() -> filled(dir.resolve("l"), keys, LARGE));
          try (HotTier small = filled(dir.resolve("s"), keys, SMALL);
              HotTier usual = filled(dir.resolve("u"), keys, USUAL);
              HotTier large = other.join()) {
            return measure(small, usual, large, keys, mode, progress);
          }
        });
  }

  private static List<Figure> measure(
      HotTier small,
      HotTier usual,
      HotTier large,
      List<byte[]> keys,
      Mode mode,
      Progress progress) {
    Reader raw = new RawTable(keys, USUAL)::read;
    List<Reader> all = List.of(raw, usual::read, small::read, large::read);
    byte[] into = new byte[LARGE];
    all.forEach(reader -> nanos(reader, keys, into, WARM));
    List<Double> beside = new ArrayList<>();
    List<Double> growth = new ArrayList<>();
    double[] last = new double[all.size()];
    Bystanders bystanders = new Bystanders(List.of());
    for (int round = 0; round < mode.rounds(); round++) {
      for (int i = 0; i < last.length; i++) {
        last[i] = nanos(all.get(i), keys, into, mode.round());
      }
      beside.add(last[1] / last[0]);
      growth.add(last[3] / last[2]);
      progress.at((round + 1.0) / mode.rounds(), "round " + (round + 1));
    }
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("hot tier, 4 KB", Text.number(last[1]) + " ns");
    figures.put("raw table, 4 KB", Text.number(last[0]) + " ns");
    figures.put("hot tier, 500 B", Text.number(last[2]) + " ns");
    figures.put("hot tier, 8 KB", Text.number(last[3]) + " ns");
    return List.of(
        Figure.count("allocated", allocated(usual::read, keys, into), Map.of()),
        new Figure("cost", beside, bystanders.share(), figures),
        new Figure("8-KB", growth, bystanders.share(), rawGrowth(keys, into, mode)));
  }

  /**
   * What the machine's memory asks for the same: the bare table at both sizes, one after the other.
   */
  private static Map<String, String> rawGrowth(List<byte[]> keys, byte[] into, Mode mode) {
    double small = rawNanos(SMALL, keys, into, mode);
    double large = rawNanos(LARGE, keys, into, mode);
    return Map.of(
        "raw table",
        "8 KB %s ns, 500 B %s ns: %s x"
            .formatted(Text.number(large), Text.number(small), Text.number(large / small)));
  }

  private static double rawNanos(int bytes, List<byte[]> keys, byte[] into, Mode mode) {
    Reader raw = new RawTable(keys, bytes)::read;
    nanos(raw, keys, into, mode.round());
    return nanos(raw, keys, into, mode.round());
  }

  /** Copies a value out. */
  private interface Reader {
    int read(byte[] key, byte[] into);
  }

  private static List<byte[]> keys() {
    List<byte[]> keys = new ArrayList<>(ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      keys.add(HotKey.of((byte) 'P', "page-" + i));
    }
    return keys;
  }

  private static HotTier filled(Path dir, List<byte[]> keys, int bytes) {
    HotTier tier = HotTier.open(new HotSettings(dir, ENTRIES + ENTRIES / 5, bytes + 64, 256 << 10));
    byte[] value = new byte[bytes];
    for (byte[] key : keys) {
      System.arraycopy(key, 0, value, 0, key.length);
      tier.put((byte) 'P', key, value);
    }
    return tier;
  }

  /** Nanoseconds of one look-up. */
  private static double nanos(Reader reader, List<byte[]> keys, byte[] into, Duration atLeast) {
    int[] order = new Random(7).ints(ORDER, 0, ENTRIES).toArray();
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < atLeast.toNanos()) {
      read(reader, keys, into, order);
      done += ORDER;
    }
    return (double) (System.nanoTime() - start) / done;
  }

  private static void read(Reader reader, List<byte[]> keys, byte[] into, int[] order) {
    for (int at : order) {
      byte[] key = keys.get(at);
      if (reader.read(key, into) <= 0 || into[0] != key[0] || into[15] != key[15]) {
        throw new IllegalStateException("a look-up found something else");
      }
    }
  }

  /** Bytes of heap for one look-up, by the JVM's own count. */
  private static double allocated(Reader reader, List<byte[]> keys, byte[] into) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int[] order = new Random(8).ints(ORDER, 0, ENTRIES).toArray();
    long me = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(me);
    for (int i = 0; i < 10; i++) {
      read(reader, keys, into, order);
    }
    // The reading of the count itself takes some hundred bytes in all.
    return Math.floor((threads.getThreadAllocatedBytes(me) - before) / (10.0 * ORDER));
  }
}
