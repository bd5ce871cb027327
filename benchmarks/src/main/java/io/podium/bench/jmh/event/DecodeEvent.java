package io.podium.bench.jmh.event;

import io.podium.bench.flow.EventJson;
import io.podium.bench.jmh.Operation;
import io.podium.bench.updater.BenchBoards;
import io.podium.bench.updater.SalesTraffic;
import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.event.SalesEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One CloudEvents JSON event read, checked and hashed; a thousand in turn. */
public class DecodeEvent extends Operation {
  private static final int EVENTS = 1_024;

  @Param({"order.placed", "order.cancelled", "product.viewed"})
  public String type = "order.placed";

  private final List<byte[]> json = new ArrayList<>();
  private EventDecoder decoder = new EventDecoder(List.of());
  private int at;

  @Setup
  public void open() {
    decoder = new EventDecoder(BenchBoards.parse("boards:\n" + BenchBoards.WINDOW_AND_HALF_LIFE));
    SalesTraffic traffic =
        new SalesTraffic(7, 100_000, Instant.parse("2026-11-23T09:00:00Z"), 600_000);
    while (json.size() < EVENTS) {
      SalesEvent event = traffic.next();
      if (event.meta().type().equals(type)) {
        json.add(EventJson.of(event));
      }
    }
  }

  @Benchmark
  public Decoded decode() {
    Decoded decoded = decoder.decode(json.get(at++ & (EVENTS - 1)));
    if (!(decoded instanceof Decoded.Accepted)) {
      throw new IllegalStateException("not accepted: " + decoded);
    }
    return decoded;
  }
}
