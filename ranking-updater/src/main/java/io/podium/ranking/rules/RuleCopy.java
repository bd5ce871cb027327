package io.podium.ranking.rules;

import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.RuleLog.Change;
import io.podium.ranking.stream.RuleLog.Kind;
import io.podium.store.mongo.MongoAudit;
import io.podium.store.mongo.MongoAudit.Row;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The rule log's copy in Mongo. Every updater may write it: an entry has one id everywhere. */
public final class RuleCopy {
  static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final int BATCH = 500;

  private final MongoAudit mongo;

  public RuleCopy(MongoAudit mongo) {
    this.mongo = mongo;
  }

  /** The newest change that it has. */
  EntryId last() {
    return Await.on(mongo.newest(), DEADLINE).map(RuleCopy::id).orElse(EntryId.START);
  }

  List<Change> after(EntryId id) {
    return Await.on(mongo.after(id.millis(), id.sequence(), BATCH), DEADLINE).stream()
        .map(RuleCopy::change)
        .toList();
  }

  void add(List<Change> changes) {
    Await.on(mongo.add(changes.stream().map(RuleCopy::row).toList()), DEADLINE);
  }

  private static EntryId id(Row row) {
    return new EntryId(row.millis(), row.sequence());
  }

  private static Row row(Change c) {
    return new Row(
        c.id().millis(),
        c.id().sequence(),
        c.kind().name().toLowerCase(Locale.ROOT),
        c.subject(),
        c.before(),
        c.after(),
        c.author(),
        c.reason());
  }

  private static Change change(Row r) {
    Kind kind = r.kind().equals("hold") ? Kind.HOLD : Kind.RULE;
    return new Change(id(r), kind, r.subject(), r.before(), r.after(), r.author(), r.reason());
  }
}
