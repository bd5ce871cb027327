package io.podium.bench.read;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.MeasurementException;
import io.podium.bench.Mode;
import io.podium.bench.Pairs;
import io.podium.bench.Progress;
import io.podium.bench.Sample;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * R1, R2, R3, P1, P2: what a warm page costs the server, beside another server that sends the same
 * bytes. One event loop beside one worker; wrk asks over 32 connections.
 */
public final class WarmPage implements Measurement {
  /** Whom the engine stands beside. */
  public enum Reference {
    NGINX,
    NGINX_CLOSING,
    VARNISH,
    HAPROXY,
    /** A Vert.x service that reads Redis for every request. */
    REDIS_EACH_TIME
  }

  private static final int CONNECTIONS = 32;
  private static final double WARM_SHARE = 0.3;

  private final Reference beside;

  public WarmPage(Reference beside) {
    this.beside = beside;
  }

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx256m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(dir -> List.of(measure(dir, mode, progress)));
  }

  private Figure measure(Path dir, Mode mode, Progress progress) throws IOException {
    Wrk wrk = new Wrk(CONNECTIONS, extra(dir));
    try (ReadShop shop = new ReadShop(dir, List.of("beauty"))) {
      shop.cards(100);
      shop.publish(ReadShop.WHOLE, 1_000, 1, 100);
      try (EngineServer engine =
          EngineServer.start(dir, shop.stores(), List.of("engine.eventLoops=1"))) {
        String hit = "podium; hit; ttl=1";
        Answer gzip = Answer.until(engine.port(), ReadShop.PAGE, "gzip", hit);
        Answer plain = Answer.until(engine.port(), ReadShop.PAGE, "identity", hit);
        Function<Server, Figure> against =
            started -> {
              try (Server reference = started) {
                same(engine, reference);
                return rounds(wrk, engine, reference, gzip, plain, mode, progress);
              }
            };
        return switch (beside) {
          case NGINX, NGINX_CLOSING ->
              against.apply(NginxServer.start(dir, ReadShop.PAGE, plain, gzip));
          case HAPROXY -> against.apply(HaproxyServer.start(dir, plain, gzip));
          case REDIS_EACH_TIME ->
              against.apply(EachTimeServer.start(dir, ReadShop.PAGE, plain, gzip));
          case VARNISH -> {
            try (Server nginx = NginxServer.start(dir, ReadShop.PAGE, plain, gzip)) {
              yield against.apply(VarnishServer.start(dir, nginx.port()));
            }
          }
        };
      }
    }
  }

  /** In R3 each tenth request asks for the connection to be closed. */
  private List<String> extra(Path dir) throws IOException {
    if (beside != Reference.NGINX_CLOSING) {
      return List.of();
    }
    Path script = dir.resolve("close.lua");
    Files.writeString(
        script,
        """
        local n, open, last = 0, nil, nil
        function init(args)
          open = wrk.format("GET")
          wrk.headers["Connection"] = "close"
          last = wrk.format("GET")
        end
        function request()
          n = n + 1
          if n % 10 == 0 then return last end
          return open
        end
        """,
        StandardCharsets.UTF_8);
    return List.of("-s", script.toString());
  }

  private static void same(Server engine, Server reference) {
    for (String encoding : List.of("gzip", "identity")) {
      byte[] ours = Answer.get(engine.port(), ReadShop.PAGE, encoding).body();
      byte[] theirs = Answer.get(reference.port(), ReadShop.PAGE, encoding).body();
      if (!java.util.Arrays.equals(ours, theirs)) {
        throw new MeasurementException(reference.name() + " sends other bytes than the engine");
      }
    }
  }

  private static Figure rounds(
      Wrk wrk,
      EngineServer engine,
      Server reference,
      Answer gzip,
      Answer plain,
      Mode mode,
      Progress progress) {
    Loaded candidate = new Loaded(engine, wrk, ReadShop.PAGE);
    Loaded other = new Loaded(reference, wrk, ReadShop.PAGE);
    progress.at(0, "warming up");
    Warmth.bring(engine, candidate, mode);
    other.run(Duration.ofSeconds(1));
    List<Long> pids = new ArrayList<>(engine.pids());
    pids.addAll(reference.pids());
    Pairs pairs = Pairs.run(mode, other, candidate, pids, progress, WARM_SHARE);
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put(
        "engine",
        cost(
            pairs.candidate(Sample::cpuMicros).median(),
            pairs.candidate(Sample::perSecond).median()));
    beside.put(
        reference.name(),
        cost(
            pairs.reference(Sample::cpuMicros).median(),
            pairs.reference(Sample::perSecond).median()));
    beside.put("page", plain.body().length + " B, gzip " + gzip.body().length + " B");
    return new Figure("cost", pairs.ratios(Sample::cpuMicros), pairs.disturbance(), beside);
  }

  private static String cost(double micros, double perSecond) {
    return Text.number(micros) + " us of processor time a request, " + Text.si(perSecond) + "/s";
  }
}
