package io.podium.bench.read;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.MeasurementException;
import io.podium.bench.Mode;
import io.podium.bench.Pairs;
import io.podium.bench.Progress;
import io.podium.bench.Rounds;
import io.podium.bench.Sample;
import io.podium.bench.Scratch;
import io.podium.bench.Subject;
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
  private static final int ROUNDS_TOLD = 3;

  private final Reference beside;
  private final WarmEngine warm;

  /**
   * @param warm started by the first of them
   */
  public WarmPage(Reference beside, WarmEngine warm) {
    this.beside = beside;
    this.warm = warm;
  }

  @Override
  public List<String> jvmFlags() {
    return WarmEngine.JVM_FLAGS;
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(dir -> List.of(measure(dir, mode, progress)));
  }

  private Figure measure(Path dir, Mode mode, Progress progress) throws IOException {
    Wrk wrk = new Wrk(CONNECTIONS, extra(dir));
    warm.start();
    progress.at(0, "warming up");
    warm.bring(mode);
    if (beside == Reference.VARNISH) {
      try (Server nginx = nginx(dir)) {
        return against(VarnishServer.start(dir, nginx.port()), wrk, mode, progress);
      }
    }
    return against(reference(dir), wrk, mode, progress);
  }

  private Server nginx(Path dir) throws IOException {
    return NginxServer.start(dir, ReadShop.PAGE, warm.page("identity"), warm.page("gzip"));
  }

  private Server reference(Path dir) throws IOException {
    return switch (beside) {
      case HAPROXY -> HaproxyServer.start(dir, warm.page("identity"), warm.page("gzip"));
      case REDIS_EACH_TIME ->
          EachTimeServer.start(dir, ReadShop.PAGE, warm.page("identity"), warm.page("gzip"));
      default -> nginx(dir);
    };
  }

  private Figure against(Server started, Wrk wrk, Mode mode, Progress progress) {
    try (Server reference = started) {
      same(warm.engine(), reference);
      return rounds(wrk, reference, mode, progress);
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

  private Figure rounds(Wrk wrk, Server reference, Mode mode, Progress progress) {
    EngineServer engine = warm.engine();
    String page =
        warm.page("identity").body().length + " B, gzip " + warm.page("gzip").body().length + " B";
    Subject candidate = warm.load(wrk);
    Loaded other = new Loaded(reference, wrk, ReadShop.PAGE);
    if (beside == Reference.NGINX_CLOSING) {
      Warmth.bring(engine, candidate, mode);
    }
    other.run(Duration.ofSeconds(1));
    List<Long> pids = new ArrayList<>(engine.pids());
    pids.addAll(reference.pids());
    Pairs pairs =
        Pairs.run(
            rounds(mode),
            mode.round(),
            other,
            candidate,
            so -> so.ratios(Sample::cpuMicros),
            pids,
            progress,
            WARM_SHARE);
    Map<String, String> told = new LinkedHashMap<>();
    told.put(
        "engine",
        cost(
            pairs.candidate(Sample::cpuMicros).median(),
            pairs.candidate(Sample::perSecond).median()));
    told.put(
        reference.name(),
        cost(
            pairs.reference(Sample::cpuMicros).median(),
            pairs.reference(Sample::perSecond).median()));
    told.put("page", page);
    return new Figure("cost", pairs.ratios(Sample::cpuMicros), pairs.disturbance(), told);
  }

  /** What has no limit is told by the quick form from a few. */
  private Rounds rounds(Mode mode) {
    return switch (beside) {
      case NGINX -> Rounds.of(mode, "R1", "cost");
      case VARNISH -> Rounds.of(mode, "R2", "cost");
      case NGINX_CLOSING -> Rounds.of(mode, "R3", "cost");
      case HAPROXY, REDIS_EACH_TIME -> Rounds.of(mode == Mode.FULL ? mode.rounds() : ROUNDS_TOLD);
    };
  }

  private static String cost(double micros, double perSecond) {
    return Text.number(micros) + " us of processor time a request, " + Text.si(perSecond) + "/s";
  }
}
