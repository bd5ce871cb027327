package io.podium.read.overload;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Once a second, on each event loop, cuts the connections and streams of clients that are too slow,
 * and closes connections on which nothing moves: one timer a loop instead of one a connection. Each
 * set is confined to its loop.
 */
final class Sweeps {
  private static final long EVERY_MS = 1_000;
  private static final int AT_ONCE = 16;
  private static final long REST_MS = 5;

  private final long slowNs;
  private final long idleNs;
  private final ConcurrentMap<EventExecutor, Set<ConnectionGuard>> byLoop =
      new ConcurrentHashMap<>();
  private final AtomicLong cut = new AtomicLong();

  Sweeps(Duration slowClient, Duration idle) {
    this.slowNs = slowClient.toNanos();
    this.idleNs = idle.toNanos();
  }

  void add(ConnectionGuard guard, EventExecutor loop) {
    Set<ConnectionGuard> guards = byLoop.get(loop);
    if (guards == null) {
      guards = new HashSet<>();
      byLoop.put(loop, guards);
      Set<ConnectionGuard> mine = guards;
      var unused =
          loop.scheduleAtFixedRate(
              () -> sweep(mine, loop), EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }
    guards.add(guard);
  }

  void remove(ConnectionGuard guard, EventExecutor loop) {
    Set<ConnectionGuard> guards = byLoop.get(loop);
    if (guards != null) {
      guards.remove(guard);
    }
  }

  private void sweep(Set<ConnectionGuard> guards, EventExecutor loop) {
    Deque<ConnectionGuard> due = new ArrayDeque<>();
    for (ConnectionGuard guard : guards) {
      if (isDue(guard)) {
        due.add(guard);
      }
    }
    cutSome(due, guards, loop);
  }

  /** A failure must not end the looking: the connection that brought it does. */
  private boolean isDue(ConnectionGuard guard) {
    try {
      return guard.isIdleFor(idleNs) || guard.isSlowerThan(slowNs);
    } catch (RuntimeException e) {
      guard.cut();
      return false;
    }
  }

  /** Thousands that came at once are slow at once: others must not wait until all are cut. */
  private void cutSome(
      Deque<ConnectionGuard> due, Set<ConnectionGuard> guards, EventExecutor loop) {
    for (int i = 0; i < AT_ONCE && !due.isEmpty(); i++) {
      ConnectionGuard guard = due.remove();
      if (guards.contains(guard)) {
        if (guard.isIdleFor(idleNs)) {
          guard.closeIdle();
        } else {
          guard.cutSlowerThan(slowNs);
        }
      }
    }
    if (!due.isEmpty()) {
      var unused = loop.schedule(() -> cutSome(due, guards, loop), REST_MS, TimeUnit.MILLISECONDS);
    }
  }

  void countCut(int more) {
    cut.addAndGet(more);
  }

  long cut() {
    return cut.get();
  }
}
