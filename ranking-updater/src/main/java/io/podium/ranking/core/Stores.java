package io.podium.ranking.core;

import java.util.List;
import java.util.SortedSet;

/** What all boards share: memory, names, and the bounds. */
final class Stores {
  final CoreLimits limits;
  final Share share;
  final Arena arena = new Arena();
  final Tally series;
  final Tally counters;
  final Tally capped;
  final Tally orders;
  final Tally orderBytes;
  final Tally remembered;
  final Tally waiting;
  final Tally productTally;
  final Tally profileTally;

  /** Those that any event may take from, orders and their bytes apart. */
  final List<Tally> bounded;

  final Products products;
  final Profiles profiles;
  final OrderBook book;
  final Dedupe dedupe;

  /**
   * @param span nanoseconds of orders that are forgotten together
   */
  Stores(CoreLimits limits, Share share, SortedSet<String> buyerDimensions, long span) {
    this.limits = limits;
    this.share = share;
    series = new Tally("series", limits.series());
    counters = new Tally("counters", limits.counters());
    capped = new Tally("capped-lines", limits.cappedLines());
    orders = new Tally("orders", limits.orders());
    orderBytes = new Tally("order-bytes", limits.orderBytes());
    remembered = new Tally("event-ids", limits.remembered());
    waiting = new Tally("waiting", limits.waiting());
    productTally = new Tally("products", limits.products());
    profileTally = new Tally("buyer-profiles", limits.profiles());
    bounded = List.of(series, counters, capped, remembered, waiting, productTally, profileTally);
    products = new Products(arena, productTally);
    profiles = new Profiles(buyerDimensions, profileTally);
    book = new OrderBook(arena, products, profiles, share, span, orders, orderBytes);
    dedupe = new Dedupe(arena, remembered);
  }

  CoreMemory memory() {
    List<CoreMemory.Store> stores =
        List.of(
                productTally,
                profileTally,
                series,
                counters,
                orders,
                orderBytes,
                remembered,
                capped,
                waiting)
            .stream()
            .map(t -> new CoreMemory.Store(t.name, t.used, t.bound))
            .toList();
    return new CoreMemory(stores, arena.bytes());
  }
}
