package io.podium.bench.read;

import io.podium.backends.BackendException;
import io.podium.bench.MeasurementException;
import io.podium.bench.Mode;
import io.podium.bench.Sample;
import io.podium.bench.Scratch;
import io.podium.bench.Subject;
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

  /** Of the answers: a machine that stalls for a second is not what is to be found. */
  private static final double MOST_STALE = 0.2;

  /** What runs. */
  private record Started(ReadShop shop, EngineServer engine) {}

  private @Nullable Path dir;
  private @Nullable Started started;
  private boolean isWarm;

  /** Until it answers with a page that is the newest. */
  void start() {
    try {
      open();
    } catch (BackendException | IOException e) {
      throw new MeasurementException(String.valueOf(e.getMessage()), e);
    }
    Answer unused = page("gzip");
  }

  private void open() throws IOException {
    if (dir == null) {
      dir = Scratch.create();
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

  /** The page, by this client; an engine that tells it as stale does more than is measured. */
  Subject load(Wrk wrk) {
    Loaded load = new Loaded(engine(), wrk, ReadShop.PAGE);
    return length -> {
      double before = engine().stale();
      Sample sample = load.run(length);
      double stale = engine().stale() - before;
      if (stale > MOST_STALE * sample.operations()) {
        throw new MeasurementException(
            "%.0f of %d answers were stale".formatted(stale, sample.operations()));
      }
      return sample;
    };
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
