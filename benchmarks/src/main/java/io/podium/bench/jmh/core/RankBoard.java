package io.podium.bench.jmh.core;

import io.podium.bench.jmh.Operation;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.Share;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A board ranked again after 2,048 events: listings, displayed order and hashes of what changed.
 */
public class RankBoard extends Operation {
  @Param({"window", "halfLife", "slices", "buyerCap"})
  public String board = "window";

  private CoreTraffic traffic = new CoreTraffic("window", Share.WHOLE);

  @Setup(Level.Trial)
  public void open() {
    traffic = new CoreTraffic(board, Share.WHOLE).filled();
  }

  @Setup(Level.Invocation)
  public void change() {
    traffic.make();
    traffic.apply();
  }

  @Benchmark
  public List<Ranked> rank() {
    return traffic.core.rankChanged("b");
  }
}
