package io.podium.ranking.run;

import io.podium.ranking.board.Rule;
import io.podium.ranking.board.RuleException;
import io.podium.ranking.board.RuleParser;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.RuleLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules as the rule log has them, followed by every updater. {@link #step} on one thread. */
public final class RuleBook {
  private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);
  private static final int BATCH = 1_000;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final RuleLog log;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private EntryId after = EntryId.START;
  private volatile List<Rule> current = List.of();

  public RuleBook(RuleLog log) {
    this.log = log;
  }

  /** Reads on; answers whether there is more. */
  public boolean step() {
    List<RuleLog.Change> changes = Await.on(log.read(after, BATCH), DEADLINE);
    if (changes.isEmpty()) {
      return false;
    }
    changes.forEach(this::take);
    after = changes.get(changes.size() - 1).id();
    current = List.copyOf(rules.values());
    return changes.size() == BATCH;
  }

  private void take(RuleLog.Change change) {
    String json = change.json();
    if (json == null) {
      rules.remove(change.ruleId());
      return;
    }
    try {
      for (Rule rule : RuleParser.parse(json.getBytes(StandardCharsets.UTF_8))) {
        rules.put(rule.id(), rule);
      }
    } catch (RuleException e) {
      LOG.warn("Rule {} in the log cannot be read, left out: {}", change.ruleId(), e.getMessage());
    }
  }

  /** The same object until something changes. */
  public Collection<Rule> current() {
    return current;
  }
}
