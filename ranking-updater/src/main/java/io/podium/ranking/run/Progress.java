package io.podium.ranking.run;

import io.podium.ranking.archive.Damage;
import io.podium.ranking.core.Counts;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@code GET /v1/progress} tells: one moment of the loop, and how far the streams go. */
final class Progress {
  private final String updater;
  private final Supplier<LoopStatus> status;
  private final Supplier<@Nullable Checkpoint> checkpoint;
  private final Damage damage;
  private final Lease lease;
  private final EventLog log;
  private final Clock clock;
  private volatile Positions lastEnds = Positions.START;

  Progress(
      String updater,
      Supplier<LoopStatus> status,
      Supplier<@Nullable Checkpoint> checkpoint,
      Damage damage,
      Lease lease,
      EventLog log,
      Clock clock) {
    this.updater = updater;
    this.status = status;
    this.checkpoint = checkpoint;
    this.damage = damage;
    this.lease = lease;
    this.log = log;
    this.clock = clock;
  }

  /** Never fails: while the log is away, its last known ends are told, and that it is away. */
  CompletionStage<JsonObject> json() {
    return log.ends()
        .handle(
            (ends, failure) -> {
              if (failure == null) {
                lastEnds = ends;
              }
              return json(status.get(), lastEnds, failure == null);
            });
  }

  private JsonObject json(LoopStatus s, Positions ends, boolean logAnswers) {
    JsonObject times = new JsonObject();
    new TreeMap<>(s.streamTimes()).forEach((board, t) -> times.put(board, t.toString()));
    return new JsonObject()
        .put("updater", updater)
        .put("state", s.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("detail", s.detail())
        .put("active", Updater.nameOf(lease.activeHolder()))
        .put("counts", counts(s))
        .put("streamTime", times)
        .put("lag", lag(s, ends).put("known", logAnswers))
        .put("positions", positions(s.positions()))
        .put("checkpoint", checkpoint())
        .put("damaged", new JsonArray(damage.newest()));
  }

  private static JsonObject counts(LoopStatus s) {
    Counts c = s.counts();
    JsonObject json = new JsonObject().put("received", s.received());
    if (c != null) {
      json.put("applied", c.applied())
          .put("duplicate", c.duplicate())
          .put("late", c.late())
          .put("ignored", c.ignored())
          .put("rejected", c.rejectedTotal())
          .put("waiting", c.waiting())
          .put("conflict", c.conflict())
          .put("rejectedByReason", map(c.rejected()))
          .put("foreignCurrency", map(c.foreign()))
          .put("beyondMaxValues", map(c.beyond()));
    }
    return json;
  }

  private static JsonObject map(Map<String, Long> counts) {
    JsonObject json = new JsonObject();
    new TreeMap<>(counts).forEach(json::put);
    return json;
  }

  /** Entries and time that the loop is behind the ends of the streams. */
  JsonObject lag(LoopStatus s, Positions ends) {
    long entries = 0;
    long millis = 0;
    for (StreamName stream : StreamName.values()) {
      Position at = s.positions().of(stream);
      Position end = ends.of(stream);
      if (end.id().compareTo(at.id()) > 0) {
        entries += Math.max(1, end.ordinal() - at.ordinal());
        long readUpTo = at.ordinal() == 0 ? end.id().millis() : at.id().millis();
        millis = Math.max(millis, Math.max(0, clock.millis() - readUpTo));
      }
    }
    return new JsonObject().put("entries", entries).put("ms", millis);
  }

  private static JsonObject positions(Positions p) {
    return new JsonObject()
        .put("events", p.events().id().toString())
        .put("products", p.products().id().toString());
  }

  private @Nullable JsonObject checkpoint() {
    Checkpoint c = checkpoint.get();
    return c == null
        ? null
        : new JsonObject()
            .put("at", Instant.ofEpochMilli(c.takenAt()).toString())
            .put("ageMs", Math.max(0, clock.millis() - c.takenAt()))
            .put("positions", positions(c.positions()));
  }

  Positions lastEnds() {
    return lastEnds;
  }
}
