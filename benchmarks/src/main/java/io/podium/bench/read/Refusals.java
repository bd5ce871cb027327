package io.podium.bench.read;

import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * R8: what it costs the engine to say "not modified", "too busy" and nothing at all, beside what it
 * says no to.
 */
public final class Refusals implements Measurement {
  private static final int CONNECTIONS = 32;
  private static final int ALLOWED = 256;
  private static final double LEAST_SHED = 0.99;

  /**
   * So that the loads that do run are few beside what is shed: each wakes half a dozen threads, and
   * 33 a second took 0.4 us of processor time for each shed request, their compiler up to 2 us.
   */
  private static final Duration LOAD_TAKES = Duration.ofMillis(200);

  /** Else the breaker opens, and loads take another way. */
  private static final Duration LOAD_MAY_TAKE = Duration.ofSeconds(2);

  private static final String HIT = "podium; hit; ttl=1";

  /**
   * Requests that are made ahead: a client that makes them on the way is slower than the engine,
   * which then sleeps and is woken more often.
   */
  private static final String AHEAD =
      """
      local ready, at = {}, 0
      function init(args)
        for i = 1, 65536 do ready[i] = wrk.format("GET", %s) end
      end
      function request()
        at = at %% 65536 + 1
        return ready[at]
      end
      """;

  /** Explanations of products that are guessed: each needs a load of its own, and one may run. */
  private static final String GUESSES =
      AHEAD.formatted("\"/v1/rankings/best-sellers/products/X\" .. math.random(1, 1e9)");

  /** The page, by a client that does the same work for it. */
  private static final String PAGES = AHEAD.formatted("\"" + ReadShop.PAGE + "\"");

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx256m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(dir -> measure(dir, mode, progress));
  }

  private static EngineServer.Stores stores(ReadShop shop, FaultProxy link) {
    return new EngineServer.Stores("redis://127.0.0.1:" + link.port(), shop.stores().mongo());
  }

  private static List<Figure> measure(Path dir, Mode mode, Progress progress) throws IOException {
    try (ReadShop shop = new ReadShop(dir, List.of("beauty"))) {
      shop.cards(100);
      shop.publish(ReadShop.WHOLE, 1_000, 1, 100);
      List<String> settings =
          List.of(
              "engine.eventLoops=1",
              "engine.limits.loads=1",
              "stores.redis.readTimeout=" + LOAD_MAY_TAKE,
              "stores.redis.writeTimeout=" + LOAD_MAY_TAKE,
              "engine.limits.connections=" + ALLOWED);
      try (FaultProxy link = FaultProxy.to(URI.create(shop.stores().cache()).getPort(), 1);
          EngineServer engine = EngineServer.start(dir, stores(shop, link), settings)) {
        Answer page = Answer.until(engine.port(), ReadShop.PAGE, "gzip", HIT);
        Subject hit = new Loaded(engine, new Wrk(CONNECTIONS, List.of()), ReadShop.PAGE);
        Warmth.bring(engine, hit, mode);
        List<Figure> figures = new ArrayList<>();
        figures.add(notModified(engine, hit, page, mode, progress));
        figures.add(shed(dir, engine, link, mode, progress));
        link.heal();
        figures.add(refused(engine, mode, progress));
        return figures;
      }
    }
  }

  private static Figure notModified(
      EngineServer engine, Subject hit, Answer page, Mode mode, Progress progress) {
    Wrk asking = new Wrk(CONNECTIONS, List.of("-H", "If-None-Match: " + page.header("ETag")));
    Subject same = new Loaded(engine, asking, ReadShop.PAGE);
    Warmth.bring(engine, same, mode);
    return figure("not-modified", engine, hit, same, mode, progress, 0.1);
  }

  /** Both sides by a client that has made its requests: a slower one wakes the engine more. */
  private static Figure shed(
      Path dir, EngineServer engine, FaultProxy link, Mode mode, Progress progress)
      throws IOException {
    List<String> guesses = script(dir, "guesses", GUESSES);
    Subject hit = new Loaded(engine, new Wrk(CONNECTIONS, script(dir, "pages", PAGES)), "/");
    Loaded guessing = new Loaded(engine, Wrk.ofAnyStatus(CONNECTIONS, guesses), "/");
    Subject shed = length -> shed(engine, guessing, length);
    link.set(Fault.delay(LOAD_TAKES, Duration.ZERO), Fault.NONE);
    Warmth.bring(engine, shed, mode);
    return figure("shed", engine, hit, shed, mode, progress, 0.4);
  }

  private static Sample shed(EngineServer engine, Loaded guessing, Duration length) {
    double before = engine.metric("podium_read_shed_total");
    Sample sample = guessing.run(length);
    double share = (engine.metric("podium_read_shed_total") - before) / sample.operations();
    if (share < LEAST_SHED) {
      throw new MeasurementException("only " + share + " of the requests were shed");
    }
    return sample;
  }

  private static List<String> script(Path dir, String name, String text) throws IOException {
    Path script = dir.resolve(name + ".lua");
    Files.writeString(script, text, StandardCharsets.UTF_8);
    return List.of("-s", script.toString());
  }

  /** The connections that are allowed are held open by someone else. */
  private static Figure refused(EngineServer engine, Mode mode, Progress progress) {
    Connecting served = new Connecting(engine, true, 0);
    Connecting refused = new Connecting(engine, false, ALLOWED);
    Duration warm = Duration.ofSeconds(mode == Mode.FULL ? 3 : 1);
    served.run(warm);
    refused.run(warm);
    return figure("refused", engine, served, refused, mode, progress, 0.7);
  }

  private static Figure figure(
      String metric,
      EngineServer engine,
      Subject reference,
      Subject candidate,
      Mode mode,
      Progress progress,
      double from) {
    Pairs pairs =
        Pairs.run(
            Rounds.of(mode, "R8", metric),
            mode.round(),
            reference,
            candidate,
            so -> so.ratios(Sample::cpuMicros),
            engine.pids(),
            progress,
            from);
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put("us", Text.number(pairs.candidate(Sample::cpuMicros).median()));
    beside.put("us of the 200", Text.number(pairs.reference(Sample::cpuMicros).median()));
    return new Figure(metric, pairs.ratios(Sample::cpuMicros), pairs.disturbance(), beside);
  }
}
