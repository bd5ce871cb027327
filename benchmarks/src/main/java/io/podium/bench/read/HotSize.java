package io.podium.bench.read;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Pairs;
import io.podium.bench.Progress;
import io.podium.bench.Rounds;
import io.podium.bench.Sample;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * R7: requests spread evenly over all pages of the hot tier, with 1,000,000 pages in one engine and
 * 1,000 in the other. Both stores are gone, so that every answer comes from the hot tier; the heap
 * tier is as small as it can be set. Pages have two entries, so that a million fit most machines.
 */
public final class HotSize implements Measurement {
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;
  private static final int ENTRIES = 2;
  private static final int CONNECTIONS = 32;
  private static final double FILLED = 0.5;

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx768m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(few -> Scratch.use(many -> measure(few, many, mode, progress)));
  }

  private static List<Figure> measure(Path few, Path many, Mode mode, Progress progress)
      throws IOException {
    progress.at(0, "filling a million pages");
    try (EngineServer small = open(few, FEW);
        EngineServer large = open(many, MANY)) {
      Loaded reference = new Loaded(small, wrk(few, FEW), HotFill.target(0));
      Loaded candidate = new Loaded(large, wrk(many, MANY), HotFill.target(0));
      Warmth.bring(small, reference, mode);
      Warmth.bring(large, candidate, mode);
      List<Long> pids = new ArrayList<>(small.pids());
      pids.addAll(large.pids());
      Pairs pairs =
          Pairs.run(
              Rounds.of(mode, "R7", "cost"),
              mode.round(),
              reference,
              candidate,
              so -> so.ratios(Sample::cpuMicros),
              pids,
              progress,
              FILLED);
      Map<String, String> beside = new LinkedHashMap<>();
      beside.put("1,000,000 pages", cost(pairs.candidate(Sample::cpuMicros).median()));
      beside.put("1,000 pages", cost(pairs.reference(Sample::cpuMicros).median()));
      return List.of(
          new Figure("cost", pairs.ratios(Sample::cpuMicros), pairs.disturbance(), beside),
          Figure.count("heap", heap(large) / heap(small), Map.of()));
    }
  }

  private static EngineServer open(Path dir, int pages) {
    HotFill fill = new HotFill(pages, ENTRIES);
    fill.write(dir.resolve("hot"));
    List<String> settings = new ArrayList<>(fill.settings());
    settings.add("engine.eventLoops=1");
    settings.add("engine.heapPagesMiB=1");
    EngineServer engine = EngineServer.start(dir, EngineServer.Stores.AWAY, settings);
    Answer.until(engine.port(), HotFill.target(1), "gzip", "podium; hit");
    return engine;
  }

  /** What is live, after a collection that both are asked for. */
  private static double heap(EngineServer engine) {
    engine.collect();
    return engine.metric("podium_jvm_heap_bytes");
  }

  private static Wrk wrk(Path dir, int pages) throws IOException {
    Path script = dir.resolve("spread.lua");
    Files.writeString(
        script,
        """
        function init(args) math.randomseed(42) end
        function request()
          local page = math.random(0, %d)
          return wrk.format("GET", string.format("/v1/rankings/%s?category=c%%d&ageGroup=a%%d&size=20",
            math.floor(page / 100), page %% 100))
        end
        """
            .formatted(pages - 1, ReadShop.BOARD),
        StandardCharsets.UTF_8);
    return new Wrk(CONNECTIONS, List.of("-s", script.toString()));
  }

  private static String cost(double micros) {
    return Text.number(micros) + " us of processor time a request";
  }
}
