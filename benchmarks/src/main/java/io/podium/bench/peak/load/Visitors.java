package io.podium.bench.peak.load;

import io.podium.bench.updater.Zipf;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the visitors of a sale ask for. Of 100 requests 92 are for pages drawn by Zipf's law, 6 are
 * a walker's next page, 2 are for a category that nobody asked for before. 20 of 100 name the ETag
 * that was last seen there, 10 take no gzip, 2 bring a new connection. One thread; same seed, same
 * visitors.
 */
final class Visitors {
  private static final int WALKERS = 256;
  private static final int WALKING = 6;
  private static final int COLD = 8;
  private static final int KNOWING = 20;
  private static final int PLAIN = 10;
  private static final int FRESH = 2;

  private final SplittableRandom random;
  private final Zipf zipf;
  private final List<String> warm;
  private final List<String> cold;
  private final Map<String, String> etags = new HashMap<>();
  private final ArrayDeque<String> next = new ArrayDeque<>();
  private int coldAsked;

  /**
   * @param warm pages that are asked for again and again
   * @param cold pages of which each is asked for once, then from the start
   */
  Visitors(long seed, List<String> warm, List<String> cold) {
    this.random = new SplittableRandom(seed);
    this.zipf = new Zipf(warm.size(), random.split());
    this.warm = List.copyOf(warm);
    this.cold = List.copyOf(cold);
  }

  Ask ask(long due) {
    String path = path();
    boolean knows = random.nextInt(100) < KNOWING;
    boolean gzip = random.nextInt(100) >= PLAIN;
    boolean fresh = random.nextInt(100) < FRESH;
    return new Ask(path, gzip, fresh, knows ? etags.get(path) : null, due);
  }

  private String path() {
    int kind = random.nextInt(100);
    if (kind < WALKING) {
      String further = next.poll();
      if (further != null) {
        return further;
      }
    } else if (kind < COLD && !cold.isEmpty()) {
      return cold.get(coldAsked++ % cold.size());
    }
    return warm.get(zipf.next());
  }

  /** Pages that a walker asked for are not kept: each is seen once. */
  void etag(Ask ask, String etag) {
    if (etags.containsKey(ask.path) || !ask.path.contains("cursor=")) {
      etags.put(ask.path, etag);
    }
  }

  /** Of a {@code Link} header; walkers go there, as many as there are. */
  void link(String link) {
    int end = link.indexOf('>');
    if (link.startsWith("<") && end > 0 && link.contains("next") && next.size() < WALKERS) {
      next.add(link.substring(1, end));
    }
  }
}
