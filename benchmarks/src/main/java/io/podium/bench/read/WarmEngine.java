package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import io.podium.bench.Mode;
import io.podium.bench.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An engine of one event loop with one page, for all the measurements of a process that ask it:
 * started and warmed up by the first one that needs it.
 */
public final class WarmEngine implements AutoCloseable {
  /** Of the process that measures: what its open-loop client makes is collected in short pauses. */
  static final List<String> JVM_FLAGS = List.of("-Xmx512m", "-Xmn256m", "-XX:+UseSerialGC");

  private static final String HIT = "podium; hit; ttl=1";
  private static final int CONNECTIONS = 32;

  /** What runs. */
  private record Started(ReadShop shop, EngineServer engine) {}

  private @Nullable Path dir;
  private @Nullable Started started;
  private boolean isWarm;

  /** Until it holds the page; does nothing when it was called before. */
  void start() {
    if (dir == null) {
      dir = create();
      ReadShop shop = new ReadShop(dir, List.of("beauty"));
      try {
        shop.cards(100);
        shop.publish(ReadShop.WHOLE, 1_000, 1, 100);
        EngineServer engine =
            EngineServer.start(dir, shop.stores(), List.of("engine.eventLoops=1"));
        started = new Started(shop, engine);
      } finally {
        if (started == null) {
          shop.close();
        }
      }
      Answer unused = page("gzip");
    }
  }

  private static Path create() {
    try {
      return Scratch.create();
    } catch (IOException e) {
      throw new MeasurementException(String.valueOf(e.getMessage()), e);
    }
  }

  private Started started() {
    if (started == null) {
      throw new MeasurementException("the engine that it shares with others did not start");
    }
    return started;
  }

  EngineServer engine() {
    return started().engine();
  }

  /** Asks for the page until the compilers rest; does nothing when that was done. */
  void bring(Mode mode) {
    if (!isWarm) {
      Warmth.bring(engine(), load(new Wrk(CONNECTIONS, List.of())), mode);
      isWarm = true;
    }
  }

  /** The page, by this client. */
  Loaded load(Wrk wrk) {
    return new Loaded(engine(), wrk, ReadShop.PAGE);
  }

  /** The page with that Accept-Encoding, as it is now. */
  Answer page(String encoding) {
    return Answer.until(engine().port(), ReadShop.PAGE, encoding, HIT);
  }

  @Override
  public void close() {
    if (started != null) {
      started.engine().close();
      started.shop().close();
    }
    try {
      if (dir != null) {
        Scratch.delete(dir);
      }
    } catch (IOException e) {
      throw new MeasurementException(String.valueOf(e.getMessage()), e);
    }
  }
}
