package io.podium.chaos.harness;

import java.time.Duration;

/**
 * Which processes a stack has beside its two updaters, and how they are set.
 *
 * @param engines read engines, at least one
 * @param cache how the cache role is run
 * @param slowClient after which an engine cuts a client that sends or takes nothing
 * @param clocksApart how far the first updater's clock is ahead, and the second one's behind
 * @param hotEntries what an engine's hot tier has room for
 * @param engineHeapMiB memory of an engine
 * @param isQuick whether its JVMs start faster and run slower, for runs of seconds
 */
public record Layout(
    int engines,
    Cache cache,
    Duration slowClient,
    Duration clocksApart,
    int hotEntries,
    int engineHeapMiB,
    boolean isQuick) {
  /** How the cache role is run; only one server is reached through links that can fail. */
  public enum Cache {
    SERVER,
    SENTINELS,
    CLUSTER
  }

  /** One engine, one server for each role. */
  public static Layout small(boolean isQuick) {
    return new Layout(1, Cache.SERVER, Duration.ofSeconds(2), Duration.ZERO, 20_000, 384, isQuick);
  }

  public Layout withEngines(int count) {
    return new Layout(count, cache, slowClient, clocksApart, hotEntries, engineHeapMiB, isQuick);
  }

  public Layout withCache(Cache kind) {
    return new Layout(engines, kind, slowClient, clocksApart, hotEntries, engineHeapMiB, isQuick);
  }

  public Layout withClocksApart(Duration by) {
    return new Layout(engines, cache, slowClient, by, hotEntries, engineHeapMiB, isQuick);
  }

  public Layout withEngine(int itsHotEntries, int itsHeapMiB) {
    return new Layout(engines, cache, slowClient, clocksApart, itsHotEntries, itsHeapMiB, isQuick);
  }
}
