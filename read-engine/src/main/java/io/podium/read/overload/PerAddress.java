package io.podium.read.overload;

import io.vertx.core.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * How much each address (IPv6: each /64) has of something, up to a limit; addresses that have
 * nothing are not kept. Safe from any thread.
 */
public final class PerAddress {
  private final int limit;
  private final ConcurrentMap<Object, Integer> counts = new ConcurrentHashMap<>();

  /**
   * @param limit for one address; 0 for no limit
   */
  public PerAddress(int limit) {
    this.limit = limit;
  }

  /** What stands for the client in the other methods. */
  public Object address(@Nullable SocketAddress client) {
    return limit > 0 ? Addresses.group(client) : this;
  }

  Object address(java.net.@Nullable SocketAddress client) {
    return limit > 0 ? Addresses.group(client) : this;
  }

  /** One more; false, and none more, beyond the limit. */
  public boolean enter(Object address) {
    if (limit > 0 && counts.merge(address, 1, Integer::sum) > limit) {
      leave(address);
      return false;
    }
    return true;
  }

  /** One less. */
  public void leave(Object address) {
    if (limit > 0) {
      counts.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
    }
  }

  boolean isFull(Object address) {
    return limit > 0 && counts.getOrDefault(address, 0) >= limit;
  }
}
