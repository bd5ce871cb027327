package io.podium.chaos.stores;

import io.podium.backends.BackendProcess;
import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import java.time.Duration;

/** One kind of trouble at one store, or at both at once. */
record Case(Store store, Trouble trouble) {
  private static final long MEGABIT = 125_000;

  enum Store {
    REDIS,
    MONGO,
    BOTH;

    boolean has(Store other) {
      return this == other || this == BOTH;
    }
  }

  enum Trouble {
    KILLED,
    FROZEN,
    BLACK_HOLE,
    SLOW,
    NARROW
  }

  /** A narrow link carries what these few readers ask for: nothing has to open. */
  boolean opensBreakers() {
    return trouble != Trouble.NARROW;
  }

  /**
   * @param slow how late a slow store's answers come
   */
  void begin(FaultyShop shop, Duration slow) {
    if (store.has(Store.REDIS)) {
      begin(shop.redis, shop.redisLinkage, slow);
    }
    if (store.has(Store.MONGO)) {
      begin(shop.mongo, shop.mongoLinkage, slow);
    }
  }

  private void begin(BackendProcess process, FaultProxy link, Duration slow) {
    switch (trouble) {
      case KILLED -> process.kill();
      case FROZEN -> process.freeze();
      case BLACK_HOLE -> link.set(Fault.BLACK_HOLE);
      case SLOW -> link.set(Fault.delay(slow, Duration.ZERO), Fault.NONE);
      case NARROW -> link.set(Fault.throttle(MEGABIT));
    }
  }

  /** Returns when the stores are there again. */
  void end(FaultyShop shop) {
    if (store.has(Store.REDIS)) {
      end(shop.redis, shop.redisLinkage);
    }
    if (store.has(Store.MONGO)) {
      end(shop.mongo, shop.mongoLinkage);
    }
  }

  private void end(BackendProcess process, FaultProxy link) {
    switch (trouble) {
      case KILLED -> process.restart();
      case FROZEN -> process.thaw();
      case BLACK_HOLE, SLOW, NARROW -> link.heal();
    }
  }
}
