package io.podium.bench.jmh.page;

import io.podium.bench.jmh.Operation;
import io.podium.read.page.Page;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A listing and its cards made into a page: JSON, gzip, brotli, ETag. Off the event loop. */
public class PageEncoding extends Operation {
  @Param({"10", "20", "100"})
  public int entries = 20;

  private SamplePage sample = new SamplePage(20);

  @Setup
  public void open() {
    sample = new SamplePage(entries);
  }

  @Benchmark
  public Page encode() {
    return sample.encode();
  }
}
