package io.podium.bench.jmh.core;

import io.podium.bench.jmh.Operation;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.core.PartialMerge;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.core.Share;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The whole shop's listing out of several cores that each hold a share of the products. */
public class MergeParts extends Operation {
  @Param({"2", "4"})
  public int parts = 2;

  private static final ListingKey WHOLE_SHOP = new ListingKey("b", Slice.WHOLE_SHOP);
  private final List<RankingCore> cores = new ArrayList<>();
  private CoreTraffic first = new CoreTraffic("window", Share.WHOLE);

  @Setup
  public void open() {
    for (int i = 0; i < parts; i++) {
      first = new CoreTraffic("window", new Share(i, parts)).filled();
      cores.add(first.core);
    }
  }

  @Benchmark
  public Ranked merge() {
    return new PartialMerge(first.boards.get(0), cores).rank(WHOLE_SHOP);
  }
}
