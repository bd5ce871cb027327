package io.podium.bench.read;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.MeasurementException;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.bench.Spread;
import io.podium.bench.Text;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * R10: an engine with 100,000 pages in its hot tier is killed while both stores are gone, and
 * started again: seconds from the launcher's start to the first correct page, the launcher's own
 * work included.
 */
public final class ColdStart implements Measurement {
  private static final int PAGES = 100_000;
  private static final int ENTRIES = 20;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx512m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(dir -> List.of(measure(dir, mode, progress)));
  }

  private static Figure measure(Path dir, Mode mode, Progress progress) {
    HotFill fill = new HotFill(PAGES, ENTRIES);
    progress.at(0, "filling " + PAGES + " pages");
    fill.write(dir.resolve("hot"));
    // The first start makes the archive of classes.
    try (EngineServer engine = EngineServer.start(dir, EngineServer.Stores.AWAY, fill.settings())) {
      firstPage(engine);
      engine.process().kill();
    }
    List<Double> seconds = new ArrayList<>();
    List<Double> busy = new ArrayList<>();
    for (int round = 0; round < mode.rounds(); round++) {
      long start = System.nanoTime();
      try (EngineServer engine =
          EngineServer.launch(dir, EngineServer.Stores.AWAY, fill.settings())) {
        firstPage(engine);
        seconds.add((System.nanoTime() - start) / 1e9);
        busy.add(engine.cpuNanos() / 1e9);
        engine.process().kill();
      }
      progress.at((round + 1.0) / mode.rounds(), "start " + (round + 1));
    }
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put("started", "./podium serve, archive of classes on, after kill -9");
    beside.put("processor time until then", Text.number(Spread.of(busy).median()) + " s");
    beside.put("java", System.getProperty("java.version"));
    return new Figure("first-page", seconds, 0, beside);
  }

  /** Asks, as fast as the port lets it, for one of the pages until it comes. */
  private static void firstPage(EngineServer engine) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isAnswered(engine.port())) {
      if (System.nanoTime() > deadline || !engine.process().isAlive()) {
        throw new MeasurementException("no page: " + engine.process().lastOutput());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean isAnswered(int port) {
    String head =
        "GET " + HotFill.target(7) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return answer.startsWith("HTTP/1.1 200")
          && answer.contains("\"slice\":{\"buyer.ageGroup\":\"a7\",\"category\":\"c0\"}");
    } catch (IOException e) {
      return false;
    }
  }
}
