package io.podium.bench.jmh.core;

import io.podium.bench.jmh.Operation;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.core.Share;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The state of 300,000 events written to memory, and read from there; no disk. */
public class CheckpointState extends Operation {
  @Param({"window", "buyerCap"})
  public String board = "window";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 20);
  private CoreTraffic traffic = new CoreTraffic("window", Share.WHOLE);
  private byte[] saved = new byte[0];

  @Setup
  public void open() throws IOException {
    traffic = new CoreTraffic(board, Share.WHOLE).filled();
    save();
    saved = out.toByteArray();
  }

  @Benchmark
  public int save() throws IOException {
    out.reset();
    traffic.core.save(out);
    return out.size();
  }

  @Benchmark
  public long restore() throws IOException {
    try (RankingCore core =
        RankingCore.restore(traffic.boards, CoreLimits.DEFAULT, new ByteArrayInputStream(saved))) {
      return core.counts().applied();
    }
  }
}
