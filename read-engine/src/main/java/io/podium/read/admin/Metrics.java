package io.podium.read.admin;

import io.podium.guard.CallBreaker;
import io.podium.guard.StoreGuard;
import io.podium.listing.Listing;
import io.podium.read.hit.Traffic;
import io.podium.read.http.Changes;
import io.podium.read.overload.Admission;
import io.podium.read.overload.Gate;
import io.podium.read.refresh.Refresh;
import io.podium.store.hot.HotStats;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * What the engine tells of itself. Requests answered = sum over status classes = sum over sources.
 * Labels are of fixed number, except one per board. Confined to the admin port's event loop.
 */
public final class Metrics {
  private static final double US_PER_S = 1e6;
  private static final double[] QUANTILES = {50, 90, 99, 99.9};

  private final List<Traffic> loops;
  private final Refresh refresh;
  private final Changes changes;
  private final Gate gate;
  private final Admission admission;
  private final List<StoreGuard> guards;
  private final LongSupplier redisBytes;
  private final Supplier<HotStats> hot;
  private final Clock clock;
  private final Histogram age = new Histogram(86_400_000L, 2);
  private final Histogram latency = new Histogram(60_000_000L, 2);

  public Metrics(
      List<Traffic> loops,
      Refresh refresh,
      Changes changes,
      Gate gate,
      Admission admission,
      List<StoreGuard> guards,
      LongSupplier redisBytes,
      Supplier<HotStats> hot,
      Clock clock) {
    this.loops = loops;
    this.refresh = refresh;
    this.changes = changes;
    this.gate = gate;
    this.admission = admission;
    this.guards = guards;
    this.redisBytes = redisBytes;
    this.hot = hot;
    this.clock = clock;
  }

  String text() {
    PrometheusText out = new PrometheusText();
    requests(out);
    latencies(out);
    ages(out);
    pages(out);
    freshness(out);
    hotTier(out);
    stores(out);
    clients(out);
    memory(out);
    return out.toString();
  }

  private void requests(PrometheusText out) {
    out.family("podium_read_requests_total", "counter", "Requests answered, by class of status.");
    for (int hundreds = 1; hundreds <= 5; hundreds++) {
      int h = hundreds;
      out.sample(
          "podium_read_requests_total",
          PrometheusText.label("status", h + "xx"),
          loops.stream().mapToLong(l -> l.status(h)).sum());
    }
    out.counter(
        "podium_read_known_heads_total",
        "Requests whose header lines were, byte for byte, those of an earlier one.",
        loops.stream().mapToLong(Traffic::knownHeads).sum());
    out.family(
        "podium_read_answers_total",
        "counter",
        "Requests answered, by where the answer came from. Alert when stale grows.");
    for (Traffic.Source source : Traffic.Source.values()) {
      out.sample(
          "podium_read_answers_total",
          PrometheusText.label("tier", source.name().toLowerCase(Locale.ROOT)),
          loops.stream().mapToLong(l -> l.source(source)).sum());
    }
  }

  /** Quantiles over everything since the start; scrapes do not disturb each other. */
  private void latencies(PrometheusText out) {
    loops.forEach(l -> latency.add(l.takeLatencies()));
    String name = "podium_read_latency_seconds";
    out.family(name, "summary", "From a request read to its answer written, since the start.");
    for (double q : QUANTILES) {
      out.sample(
          name,
          PrometheusText.label("quantile", String.valueOf(q / 100)),
          latency.getValueAtPercentile(q) / US_PER_S);
    }
    out.sample(name + "_sum", "", latency.getMean() * latency.getTotalCount() / US_PER_S);
    out.sample(name + "_count", "", latency.getTotalCount());
  }

  /** How old what was sent is, over everything since the start. */
  private void ages(PrometheusText out) {
    loops.forEach(l -> age.add(l.takeAges()));
    String name = "podium_read_answer_freshness_seconds";
    out.family(name, "summary", "Now minus asOf of the pages sent, since the start.");
    for (double q : QUANTILES) {
      out.sample(
          name,
          PrometheusText.label("quantile", String.valueOf(q / 100)),
          age.getValueAtPercentile(q) / 1000.0);
    }
    out.sample(name + "_count", "", age.getTotalCount());
  }

  /** What the process takes; the counter of allocated bytes is what a request costs the heap. */
  private static void memory(PrometheusText out) {
    Memory.Use use = Memory.now();
    out.counter(
        "podium_jvm_allocated_bytes_total", "Heap allocated since the start.", use.allocated());
    out.gauge("podium_jvm_heap_bytes", "Heap in use.", use.heap());
    out.gauge("podium_jvm_direct_bytes", "Direct buffers.", use.direct());
    out.gauge("podium_jvm_mapped_bytes", "Mapped buffers.", use.mapped());
    out.gauge("podium_netty_direct_bytes", "Direct memory of Netty.", use.netty());
  }

  private void pages(PrometheusText out) {
    out.gauge("podium_read_pages", "Pages ready on the heap.", refresh.pages().count());
    out.gauge("podium_read_pages_bytes", "Bytes of them.", refresh.pages().bytes());
    out.gauge("podium_read_listings", "Listings on the heap.", refresh.listings().count());
    out.gauge("podium_read_cards", "Cards on the heap.", refresh.cardCount());
    out.gauge("podium_read_loads", "Pages being loaded now.", refresh.loader().inFlight());
    out.counter(
        "podium_read_loads_total",
        "Pages loaded, each once however many asked.",
        refresh.loader().loads());
    out.counter(
        "podium_read_loads_refused_total",
        "Loads refused because too many ran. Alert on any.",
        refresh.loader().refused());
    out.counter(
        "podium_read_fallbacks_total",
        "Reads of stores that needed more than the first one.",
        refresh.fallbacks());
    out.gauge(
        "podium_read_in_touch",
        "1 while announcements are followed. Alert when 0 for 10 s.",
        refresh.feed().isInTouch() ? 1 : 0);
  }

  private void freshness(PrometheusText out) {
    Map<String, Long> newest = new TreeMap<>();
    for (Listing listing : refresh.listings().all()) {
      if (listing.epoch() > 0 && refresh.books().current().board(listing.key().board()) != null) {
        newest.merge(listing.key().board(), listing.asOf().toEpochMilli(), Math::max);
      }
    }
    String name = "podium_read_freshness_seconds";
    out.family(name, "gauge", "Now minus the newest asOf held of a board.");
    newest.forEach(
        (board, asOf) ->
            out.sample(
                name, PrometheusText.label("board", board), (clock.millis() - asOf) / 1000.0));
  }

  private void hotTier(PrometheusText out) {
    HotStats stats = hot.get();
    out.gauge("podium_hot_entries", "Values in the hot tier.", stats.entries());
    out.gauge("podium_hot_capacity", "Values it is laid out for.", stats.capacity());
    out.gauge(
        "podium_hot_free_percent",
        "Head-room of entries or bytes, whichever is less. Alert below 10.",
        stats.freePercent());
    out.counter("podium_hot_set_aside_total", "Files that could not be used.", stats.setAside());
    out.counter("podium_hot_evicted_total", "Least used values that made room.", stats.evicted());
    out.counter("podium_hot_busy_total", "Reads that met a held lock.", stats.busy());
    out.counter("podium_hot_corrupt_total", "Values with a wrong checksum.", stats.corrupt());
    out.counter(
        "podium_hot_unreadable_total",
        "Whole values of an unknown version or shape: the stores are asked instead.",
        refresh.unreadable());
    out.counter("podium_hot_refused_total", "Values that found no room.", stats.refused());
  }

  private void stores(PrometheusText out) {
    String state = "podium_store_breaker_state";
    out.family(
        state,
        "gauge",
        "0 closed, 1 open, 2 half open: the next call tries. Alert when 1 is seen for 10 s.");
    for (StoreGuard guard : guards) {
      out.sample(state, label(guard), number(guard.breaker().state()));
    }
    String opened = "podium_store_breaker_opened_total";
    out.family(opened, "counter", "How often the breaker opened.");
    for (StoreGuard guard : guards) {
      out.sample(opened, label(guard), guard.breaker().opened());
    }
    String refused = "podium_store_refused_total";
    out.family(refused, "counter", "Calls that the breaker or a bound on calls refused.");
    for (StoreGuard guard : guards) {
      out.sample(refused, label(guard), guard.refused());
    }
    String corrupt = "podium_store_corrupt_total";
    out.family(
        corrupt, "counter", "Reads that met bytes which cannot be read. Alert when it grows.");
    for (StoreGuard guard : guards) {
      out.sample(corrupt, label(guard), guard.corrupt());
    }
    redisBytes(out);
  }

  private void redisBytes(PrometheusText out) {
    long received = redisBytes.getAsLong();
    long served = loops.stream().mapToLong(Traffic::bodies).sum();
    out.counter("podium_store_redis_bytes_total", "Bytes received from Redis.", received);
    out.counter(
        "podium_read_bytes_total",
        "Bytes of the bodies sent, compressed as sent; without streams of changes.",
        served);
    String ratio = "podium_store_redis_bytes_ratio";
    out.family(
        ratio,
        "gauge",
        "Bytes received from Redis by bytes of bodies sent, since the start. Alert when the rates of"
            + " the two counters are beyond 0.01.");
    out.sample(ratio, "", served == 0 ? 0 : (double) received / served);
  }

  private static String label(StoreGuard guard) {
    return PrometheusText.label("store", guard.store(), "calls", guard.calls());
  }

  private static int number(CallBreaker.State state) {
    return switch (state) {
      case CLOSED -> 0;
      case OPEN -> 1;
      case HALF_OPEN -> 2;
    };
  }

  private void clients(PrometheusText out) {
    out.gauge("podium_read_connections", "Client connections.", gate.open());
    String refused = "podium_read_connections_refused_total";
    out.family(refused, "counter", "Connections beyond a limit, closed at once.");
    out.sample(refused, PrometheusText.label("limit", "all"), gate.refused());
    out.sample(refused, PrometheusText.label("limit", "address"), gate.refusedByAddress());
    out.counter(
        "podium_read_connections_cut_total",
        "Connections, and streams of HTTP/2, of clients too slow.",
        gate.cut());
    out.gauge("podium_read_load_limit", "Loads that may run at a time now.", admission.limit());
    out.counter(
        "podium_read_shed_total", "Requests shed with 503. Alert on any.", admission.shed());
    String utilisation = "podium_read_utilisation_ratio";
    out.family(
        utilisation, "gauge", "Share of a limit in use, for an autoscaler: add engines at 0.7.");
    out.sample(utilisation, PrometheusText.label("limit", "loads"), admission.utilisation());
    out.sample(utilisation, PrometheusText.label("limit", "connections"), gate.utilisation());
    out.gauge("podium_read_changes_clients", "Streams of changes.", changes.count());
    String streams = "podium_read_changes_refused_total";
    out.family(streams, "counter", "Streams of changes beyond a limit, refused with 503.");
    out.sample(streams, PrometheusText.label("limit", "all"), changes.refused());
    out.sample(streams, PrometheusText.label("limit", "address"), changes.refusedByAddress());
    out.counter(
        "podium_read_changes_dropped_total",
        "Streams cut because the client did not keep up.",
        changes.dropped());
  }
}
