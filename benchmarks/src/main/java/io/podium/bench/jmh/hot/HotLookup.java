package io.podium.bench.jmh.hot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.podium.bench.Scratch;
import io.podium.bench.jmh.Operation;
import io.podium.bench.jmh.page.SamplePage;
import io.podium.bench.read.RawTable;
import io.podium.read.hit.EntityTags;
import io.podium.read.page.Encoding;
import io.podium.read.page.StoredPage;
import io.podium.store.hot.HotKey;
import io.podium.store.hot.HotSettings;
import io.podium.store.hot.HotTier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A page found by its key, judged against the client's ETag and Accept-Encoding, and its body
 * copied into the outgoing buffer; random keys among 20,000. Beside the hot tier: the heap's maps,
 * which the collector would walk, and a bare table outside the heap.
 */
public class HotLookup extends Operation {
  private static final int PAGES = 20_000;
  private static final int ORDER = 1 << 16;
  private static final int LARGEST = 128 << 10;
  private static final String SEEN = "\"0123456789abcdef-gz\"";

  @Param({"hotTier", "offHeap", "caffeine", "concurrentHashMap"})
  public String design = "hotTier";

  @Param({"20", "100"})
  public int entries = 20;

  private final StoredPage page = new StoredPage(new byte[LARGEST]);
  private final byte[] out = new byte[LARGEST];
  private final int[] order = new Random(7).ints(ORDER, 0, PAGES).toArray();
  private final List<byte[]> keys = new ArrayList<>();
  private Source source = (key, into) -> -1;
  private AutoCloseable closing = () -> {};
  private int at;

  private interface Source {
    int read(byte[] key, byte[] into);
  }

  @Setup
  public void open() throws IOException {
    for (int i = 0; i < PAGES; i++) {
      keys.add(HotKey.of((byte) 'P', "page-" + i));
    }
    byte[] value = SamplePage.stored(entries);
    source =
        switch (design) {
          case "hotTier" -> hotTier(value);
          case "offHeap" -> offHeap(value);
          case "caffeine" -> caffeine(value);
          default -> concurrentHashMap(value);
        };
  }

  private Source hotTier(byte[] value) throws IOException {
    Path dir = Scratch.create();
    HotTier tier =
        HotTier.open(new HotSettings(dir, PAGES + PAGES / 5, value.length + 64, LARGEST));
    keys.forEach(key -> tier.put((byte) 'P', key, value));
    closing =
        () -> {
          tier.close();
          Scratch.delete(dir);
        };
    return tier::read;
  }

  private Source offHeap(byte[] value) {
    RawTable table = new RawTable(keys, value.length);
    keys.forEach(key -> table.put(key, value));
    return table::read;
  }

  /** Keys of the heap's maps; an array is none. */
  private record Name(long high, long low) {
    static Name of(byte[] key) {
      return new Name(
          java.nio.ByteBuffer.wrap(key).getLong(0), java.nio.ByteBuffer.wrap(key).getLong(8));
    }
  }

  private Source caffeine(byte[] value) {
    Cache<Name, byte[]> cache = Caffeine.newBuilder().maximumSize(2L * PAGES).build();
    keys.forEach(key -> cache.put(Name.of(key), value.clone()));
    return (key, into) -> copy(cache.getIfPresent(Name.of(key)), into);
  }

  private Source concurrentHashMap(byte[] value) {
    Map<Name, byte[]> map = new ConcurrentHashMap<>();
    keys.forEach(key -> map.put(Name.of(key), value.clone()));
    return (key, into) -> copy(map.get(Name.of(key)), into);
  }

  private static int copy(byte @org.jspecify.annotations.Nullable [] found, byte[] into) {
    if (found == null) {
      return -1;
    }
    System.arraycopy(found, 0, into, 0, found.length);
    return found.length;
  }

  @Benchmark
  public int lookup() {
    byte[] key = keys.get(order[at++ & (ORDER - 1)]);
    int length = source.read(key, page.bytes());
    if (length < 0 || !page.take(length) || EntityTags.matches(SEEN, "\"other-gz\"")) {
      throw new IllegalStateException("a look-up found " + length);
    }
    Encoding encoding = page.available(Encoding.GZIP);
    int body = page.bodyLength(encoding);
    System.arraycopy(page.bytes(), page.bodyAt(encoding), out, 0, body);
    return body;
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    closing.close();
  }
}
