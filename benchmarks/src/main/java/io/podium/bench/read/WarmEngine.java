package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import io.podium.bench.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An engine of one event loop with one page, for all the measurements of a process that stand
 * beside it: started by the first one that needs it.
 */
public final class WarmEngine implements AutoCloseable {
  private static final String HIT = "podium; hit; ttl=1";

  /** What runs. */
  private record Started(ReadShop shop, EngineServer engine) {}

  private @Nullable Path dir;
  private @Nullable Started started;

  /** Does nothing when it runs. */
  void start() throws IOException {
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
