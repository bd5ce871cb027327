package io.podium.bench.jmh.core;

import io.podium.backends.FreePorts;
import io.podium.backends.RedisProcess;
import io.podium.bench.Scratch;
import io.podium.bench.jmh.Operation;
import io.podium.bench.updater.SortedSetSubject;
import io.podium.ranking.core.Share;
import io.podium.ranking.event.SalesEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event applied, by kind of board; moving T is part of it. Beside it what was rejected: one
 * {@code ZINCRBY}, 64 on the way (no window, no memory of what was counted), and a Space-Saving
 * sketch (not exact). Events are made outside of the timed part.
 */
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ApplyEvent extends Operation {
  private static final int SKETCHED = 1_000;

  @Param({
    "window",
    "halfLife",
    "slices",
    "buyerCap",
    "revenue",
    "orders",
    "pipelinedZincrby",
    "spaceSaving"
  })
  public String design = "window";

  private CoreTraffic traffic = new CoreTraffic("window", Share.WHOLE);
  private final SpaceSaving sketch = new SpaceSaving(SKETCHED);
  private Runnable making = () -> {};
  private Runnable applying = () -> {};
  private AutoCloseable closing = () -> {};

  @Setup(Level.Trial)
  public void open() throws IOException {
    switch (design) {
      case "pipelinedZincrby" -> zincrby();
      case "spaceSaving" -> {
        making = traffic::make;
        applying = this::sketch;
      }
      default -> {
        traffic = new CoreTraffic(design, Share.WHOLE).filled();
        making = traffic::make;
        applying = traffic::apply;
      }
    }
  }

  private void zincrby() throws IOException {
    Path dir = Scratch.create();
    RedisProcess redis =
        RedisProcess.start(
            dir.resolve("redis"), FreePorts.next(), RedisProcess.Role.CACHE, List.of());
    SortedSetSubject sets =
        new SortedSetSubject(redis.port(), redis.process().pid(), 100_000, 20_261_123);
    making = sets::encode;
    applying =
        () -> {
          for (int i = 0; i < CoreTraffic.CHUNK; i += SortedSetSubject.PIPELINE) {
            sets.exchangeNext();
          }
        };
    closing =
        () -> {
          sets.close();
          redis.close();
          Scratch.delete(dir);
        };
  }

  private void sketch() {
    for (int i = 0; i < CoreTraffic.CHUNK; i++) {
      SalesEvent event = traffic.made(i);
      if (event instanceof SalesEvent.OrderPlaced placed) {
        placed.lines().forEach(line -> sketch.add(line.productId(), 10 * line.quantity()));
      } else if (event instanceof SalesEvent.Signal signal) {
        sketch.add(signal.productId(), signal.quantity());
      }
    }
  }

  @Setup(Level.Invocation)
  public void make() {
    making.run();
  }

  @Benchmark
  @OperationsPerInvocation(CoreTraffic.CHUNK)
  public void apply() {
    applying.run();
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    closing.close();
  }
}
