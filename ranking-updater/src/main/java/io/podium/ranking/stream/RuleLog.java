package io.podium.ranking.stream;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Every change ever made to the merchandisers' rules, in order: the rules are its sum. */
public interface RuleLog {
  /**
   * @param json the rule as it now stands; null: deleted
   */
  record Change(EntryId id, String ruleId, @Nullable String json) {}

  CompletionStage<EntryId> append(String ruleId, @Nullable String json);

  /** Changes after {@code after}, oldest first, at most {@code limit}. */
  CompletionStage<List<Change>> read(EntryId after, int limit);
}
