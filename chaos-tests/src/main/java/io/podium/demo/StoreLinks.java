package io.podium.demo;

import io.podium.backends.FaultProxy;
import java.net.URI;

/**
 * The demo's processes reach each store through one of these, so that a visitor can break it. Safe
 * from any thread.
 */
final class StoreLinks implements AutoCloseable {
  private static final long SEED = 20261122;

  final FaultProxy events;
  final FaultProxy cache;
  final FaultProxy mongo;

  StoreLinks(DemoConfig.Stores stores) {
    this.events = to(stores.events());
    this.cache = to(stores.cache());
    this.mongo = to(stores.mongo());
  }

  private static FaultProxy to(String uri) {
    return FaultProxy.to(URI.create(uri).getPort(), SEED);
  }

  /** The same stores, behind the links. */
  DemoConfig.Stores stores() {
    return new DemoConfig.Stores(
        "redis://127.0.0.1:" + events.port(),
        "redis://127.0.0.1:" + cache.port(),
        "mongodb://127.0.0.1:" + mongo.port() + "/?directConnection=true");
  }

  @Override
  public void close() {
    events.close();
    cache.close();
    mongo.close();
  }
}
