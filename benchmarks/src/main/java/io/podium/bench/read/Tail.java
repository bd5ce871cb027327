package io.podium.bench.read;

import io.podium.bench.Compilers;
import io.podium.bench.Curve;
import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.MeasurementException;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * R4: how long the slowest requests for a warm page take beside nginx, which sends the same bytes:
 * both in turn under the same open load, half of what the slower one of the two can answer.
 */
public final class Tail implements Measurement {
  private static final int CONNECTIONS = 32;
  private static final Duration SATURATION = Duration.ofSeconds(3);

  /** Beyond that the client, whose threads share the machine, is what is measured. */
  private static final double MOST_PER_SECOND = 8_000;

  /** A round is that many of both in turn, so that what disturbs the machine meets both. */
  private static final int SLICES = 20;

  /** Times a usual round: the slowest hundredth of less is single hiccups of the machine. */
  private static final int LONGER = 2;

  private static final Duration WARM = Duration.ofSeconds(1);
  private static final int MOST_WARM_UPS = 40;
  private static final int MOST_RESTED_WARM_UPS = 6;

  /** Of the processor, while both are warmed up once. */
  private static final long COMPILED = TimeUnit.MILLISECONDS.toNanos(4);

  private final WarmEngine warm;

  /**
   * @param warm started by the first of those that ask it
   */
  public Tail(WarmEngine warm) {
    this.warm = warm;
  }

  @Override
  public List<String> jvmFlags() {
    return WarmEngine.JVM_FLAGS;
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          warm.start();
          Answer gzip = warm.page("gzip");
          try (Server nginx = NginxServer.start(dir, ReadShop.PAGE, warm.page("identity"), gzip)) {
            return rounds(warm.engine(), nginx, mode, progress);
          }
        });
  }

  private List<Figure> rounds(EngineServer engine, Server nginx, Mode mode, Progress progress)
      throws IOException {
    progress.at(0, "saturation of both");
    Wrk wrk = new Wrk(CONNECTIONS, List.of());
    warm.bring(mode);
    Duration length = mode == Mode.FULL ? SATURATION : mode.round();
    double slower =
        Math.min(saturation(wrk, engine, length), saturation(wrk, nginx, length))
            / length.toSeconds();
    double rate = Math.min(MOST_PER_SECOND, slower / 2);
    try (OpenLoop ours = new OpenLoop(engine.port(), n -> ReadShop.PAGE);
        OpenLoop theirs = new OpenLoop(nginx.port(), n -> ReadShop.PAGE)) {
      progress.at(0.1, "warming up");
      warm(rate, List.of(ours, theirs), engine, mode);
      return rounds(rate, slower, ours, theirs, mode, progress);
    }
  }

  private static List<Figure> rounds(
      double rate, double slower, OpenLoop ours, OpenLoop theirs, Mode mode, Progress progress) {
    List<Double> p99 = new ArrayList<>();
    List<Double> p999 = new ArrayList<>();
    Histogram engineAll = new Histogram(OpenLoop.LONGEST_MICROS, 3);
    Histogram nginxAll = new Histogram(OpenLoop.LONGEST_MICROS, 3);
    Duration slice = mode.round().multipliedBy(LONGER).dividedBy(SLICES);
    for (int round = 0; round < mode.rounds(); round++) {
      Histogram engineMicros = new Histogram(OpenLoop.LONGEST_MICROS, 3);
      Histogram nginxMicros = new Histogram(OpenLoop.LONGEST_MICROS, 3);
      for (int i = 0; i < SLICES; i++) {
        nginxMicros.add(micros(theirs.run(rate, slice)));
        engineMicros.add(micros(ours.run(rate, slice)));
      }
      p99.add(ratio(engineMicros, nginxMicros, 99));
      p999.add(ratio(engineMicros, nginxMicros, 99.9));
      engineAll.add(engineMicros);
      nginxAll.add(nginxMicros);
      progress.at(0.3 + 0.7 * (round + 1) / mode.rounds(), "round " + (round + 1));
    }
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put("offered", Math.round(rate) + "/s, of " + Math.round(slower) + "/s");
    beside.put("engine", latencies(engineAll));
    beside.put("nginx", latencies(nginxAll));
    List<Curve> curves = List.of(Curve.of("engine", engineAll), Curve.of("nginx", nginxAll));
    return List.of(
        new Figure("p99", p99, 0, beside).with(curves), new Figure("p99.9", p999, 0, Map.of()));
  }

  /** Until the compilers rest, the client's too: whoever finds one on its core waits for it. */
  private static void warm(double rate, List<OpenLoop> loads, EngineServer engine, Mode mode) {
    List<Long> pids = new ArrayList<>(engine.pids());
    pids.add(ProcessHandle.current().pid());
    Compilers compilers = new Compilers(pids);
    long before = compilers.nanos();
    long took = Long.MAX_VALUE;
    int most = mode == Mode.FULL ? MOST_WARM_UPS : MOST_RESTED_WARM_UPS;
    for (int i = 0; i < most && took > COMPILED; i++) {
      loads.forEach(load -> load.run(rate, WARM));
      if (mode == Mode.QUICK) {
        compilers.rest(); // else the client, which never sleeps, has their core
      }
      long now = compilers.nanos();
      took = now - before;
      before = now;
    }
  }

  private static Histogram micros(OpenLoop.Outcome outcome) {
    if (outcome.shed() > 0) {
      throw new MeasurementException(outcome.shed() + " requests were not answered with the page");
    }
    return outcome.micros();
  }

  private static double saturation(Wrk wrk, Server server, Duration length) {
    return wrk.run(server.port(), ReadShop.PAGE, length);
  }

  private static double ratio(Histogram ours, Histogram theirs, double percentile) {
    return (double) ours.getValueAtPercentile(percentile) / theirs.getValueAtPercentile(percentile);
  }

  private static String latencies(Histogram micros) {
    return "p50 "
        + Text.number((double) micros.getValueAtPercentile(50))
        + ", p99 "
        + Text.number((double) micros.getValueAtPercentile(99))
        + ", p99.9 "
        + Text.number((double) micros.getValueAtPercentile(99.9))
        + " us";
  }
}
