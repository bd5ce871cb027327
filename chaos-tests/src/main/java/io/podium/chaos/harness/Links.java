package io.podium.chaos.harness;

import io.podium.backends.FaultProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A link that can fail between every process and every store. Safe from any thread. */
public final class Links implements AutoCloseable {
  private record Link(String from, String to, FaultProxy proxy) {}

  private final List<Link> links = new ArrayList<>();
  private final SplittableRandom seeds;

  Links(long seed) {
    this.seeds = new SplittableRandom(seed);
  }

  /** A new link to a port on loopback; where to connect instead of it. */
  synchronized int open(String from, String to, int port) {
    FaultProxy proxy = FaultProxy.to(port, seeds.nextLong());
    links.add(new Link(from, to, proxy));
    return proxy.port();
  }

  /** Links that lead to a store, from all processes. */
  public synchronized List<FaultProxy> to(String store) {
    return links.stream().filter(l -> l.to().equals(store)).map(Link::proxy).toList();
  }

  /** The link of one process to a store. */
  public synchronized FaultProxy between(String process, String store) {
    return links.stream()
        .filter(l -> l.from().equals(process) && l.to().equals(store))
        .map(Link::proxy)
        .findFirst()
        .orElseThrow();
  }

  /** No faults on any of them. */
  public synchronized void heal() {
    links.forEach(l -> l.proxy().heal());
  }

  @Override
  public synchronized void close() {
    Closing.all(links.stream().map(Link::proxy).toList());
  }
}
