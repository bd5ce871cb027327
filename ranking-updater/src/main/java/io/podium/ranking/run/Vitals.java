package io.podium.ranking.run;

import io.podium.ranking.admin.AdminServer.Health;
import io.podium.ranking.admin.Exposition;
import io.podium.ranking.archive.Damage;
import io.podium.ranking.core.CoreMemory;
import io.podium.ranking.core.Counts;
import io.podium.ranking.evidence.EvidenceKeeper;
import io.podium.ranking.ingest.IngestCounts;
import io.podium.ranking.run.LoopStatus.Phase;
import io.podium.store.Check;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Health and metrics, from snapshots: never waits for anything. Thread-safe. */
final class Vitals {
  private final String name;
  private final RankingLoop loop;
  private final Publisher publisher;
  private final TrailingStore trailing;
  private final Lease lease;
  private final Progress progress;
  private final Checkpoints checkpoints;
  private final Damage damage;
  private final IngestCounts ingest;
  private final List<Worker> workers;
  private final IntSupplier held;
  private final EvidenceKeeper evidence;
  private final Supplier<Duration> evidencePass;
  private final LongSupplier readForArchive;
  private volatile List<Check> stores = List.of();

  Vitals(
      String name,
      RankingLoop loop,
      Publisher publisher,
      TrailingStore trailing,
      Lease lease,
      Progress progress,
      Checkpoints checkpoints,
      Damage damage,
      IngestCounts ingest,
      List<Worker> workers,
      IntSupplier held,
      EvidenceKeeper evidence,
      Supplier<Duration> evidencePass,
      LongSupplier readForArchive) {
    this.name = name;
    this.loop = loop;
    this.publisher = publisher;
    this.trailing = trailing;
    this.lease = lease;
    this.progress = progress;
    this.checkpoints = checkpoints;
    this.damage = damage;
    this.ingest = ingest;
    this.workers = workers;
    this.held = held;
    this.evidence = evidence;
    this.evidencePass = evidencePass;
    this.readForArchive = readForArchive;
  }

  void stores(List<Check> checks) {
    stores = List.copyOf(checks);
  }

  /**
   * Ready: events can be taken and are counted. A store behind that is away does not change that.
   */
  Health health() {
    LoopStatus s = loop.status();
    boolean logAnswers =
        stores.stream().filter(c -> c.store().equals("redis-events")).allMatch(Check::ok);
    boolean ready = logAnswers && !stores.isEmpty() && s.isCaughtUp() && s.phase() != Phase.FULL;
    JsonObject told = new JsonObject();
    stores.forEach(
        c -> told.put(c.store(), new JsonObject().put("ok", c.ok()).put("detail", c.detail())));
    JsonObject troubles = new JsonObject();
    workers.stream()
        .filter(w -> !w.trouble().isEmpty())
        .forEach(w -> troubles.put(w.name(), w.trouble()));
    JsonObject detail =
        new JsonObject()
            .put("updater", name)
            .put("state", s.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .put("detail", s.detail())
            .put("active", Updater.nameOf(lease.activeHolder()))
            .put("stores", told)
            .put("held", held.getAsInt())
            .put("troubles", troubles);
    return new Health(true, ready, detail);
  }

  void metrics(Exposition out) {
    LoopStatus s = loop.status();
    Counts c = s.counts();
    out.counter(
        "podium_events_received_total",
        "Entries read; always applied + duplicate + late + ignored + rejected + waiting",
        s.received());
    if (c != null) {
      counts(out, c);
    }
    JsonObject lag = progress.lag(s, progress.lastEnds());
    out.gauge("podium_lag_entries", "Entries not read yet", (double) lag.getLong("entries"))
        .gauge("podium_lag_seconds", "Alert when it grows", (double) lag.getLong("ms") / 1000)
        .gauge("podium_active", "1 when this updater publishes", lease.isActive() ? 1 : 0)
        .counter(
            "podium_stream_rolled_back_total",
            "Times that the log lost acknowledged entries; alert on any",
            s.rolledBack())
        .gauge(
            "podium_checkpoint_pause_seconds",
            "How long ranking stood still for the last checkpoint; alert above a second",
            checkpoints.pause().toMillis() / 1e3)
        .counter(
            "podium_damage_total",
            "Damaged checkpoints, archive files and lines found; /v1/progress names them",
            damage.count())
        .counter(
            "podium_archive_reread_total",
            "Entries that the archive had to read itself, as ranking did not hand them over",
            readForArchive.getAsLong())
        .counter(
            "podium_published_total", "Epochs published since the start", publisher.published())
        .gauge("podium_publish_waiting", "Listings waiting for Redis", publisher.waiting())
        .gauge("podium_listings_held", "At an old epoch; alert on any", held.getAsInt())
        .gauge("podium_mongo_waiting", "Listings waiting for Mongo", trailing.waiting())
        .counter("podium_evidence_kept_total", "Epochs with evidence in Mongo", evidence.kept())
        .gauge(
            "podium_evidence_pause_seconds",
            "How long ranking stood still to gather evidence; when too long: updater.evidence",
            evidencePass.get().toMillis() / 1e3)
        .gauge("podium_evidence_waiting", "Epochs' evidence for Mongo", evidence.waiting())
        .counter(
            "podium_evidence_dropped_total",
            "Epochs whose evidence found no room; alert on any",
            evidence.dropped())
        .counter("podium_accepted_total", "Events acknowledged with 202", ingest.accepted())
        .counters("podium_requests_total", "POSTs by status", "status", ingest.byStatus());
    Map<String, Long> up = new TreeMap<>();
    stores.forEach(x -> up.put(x.store(), x.ok() ? 1L : 0L));
    out.gauges("podium_store_up", "1 when the store answers", "store", up);
    CoreMemory m = s.memory();
    if (m != null) {
      memory(out, m);
    }
  }

  private static void counts(Exposition out, Counts c) {
    out.counter("podium_events_applied_total", "Counted", c.applied())
        .counter("podium_events_duplicate_total", "Counted before", c.duplicate())
        .counter("podium_events_conflict_total", "Of these, with other content", c.conflict())
        .counter("podium_events_late_total", "Older than every window", c.late())
        .counter("podium_events_ignored_total", "Of a type that no board weighs", c.ignored())
        .counters(
            "podium_events_rejected_total",
            "In the dead letters",
            "reason",
            new TreeMap<>(c.rejected()))
        .gauge("podium_events_waiting", "Ahead of stream time", (double) c.waiting())
        .counters(
            "podium_events_foreign_currency_total",
            "Not of the board",
            "board",
            new TreeMap<>(c.foreign()))
        .gauges(
            "podium_values_beyond", "Values beyond maxValues", "board", new TreeMap<>(c.beyond()));
  }

  private static void memory(Exposition out, CoreMemory m) {
    Map<String, Long> used = new TreeMap<>();
    Map<String, Long> bound = new TreeMap<>();
    m.stores().forEach(x -> used.put(x.name(), x.used()));
    m.stores().forEach(x -> bound.put(x.name(), x.bound()));
    out.gauges("podium_memory_used", "Entries (or bytes) in use", "store", used)
        .gauges("podium_memory_bound", "At which the loop stops; alert near it", "store", bound)
        .gauge("podium_off_heap_bytes", "Of the ranking core", (double) m.offHeapBytes());
  }
}
