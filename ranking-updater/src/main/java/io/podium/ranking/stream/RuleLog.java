package io.podium.ranking.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Every change that merchandisers ever made, in order: rules and holds are its sum, and it is the
 * audit trail. Nothing in it is ever changed or taken out.
 */
public interface RuleLog {
  /** What was changed. */
  enum Kind {
    /** A rule, by its id. */
    RULE,
    /** A listing that is held at an epoch, by its key's text. */
    HOLD
  }

  /**
   * @param id its milliseconds are the log's clock
   * @param before JSON of what stood there; null: nothing
   * @param after JSON of what stands there now; null: deleted, or released
   * @param author from the credential; empty in entries of unknown origin
   */
  record Change(
      EntryId id,
      Kind kind,
      String subject,
      @Nullable String before,
      @Nullable String after,
      String author,
      String reason) {}

  /** The newest entry; {@link EntryId#START} when there is none. */
  CompletionStage<EntryId> last();

  /**
   * Appends, if the newest entry is still {@code seen}: whoever decides on what stands there has
   * seen all of it.
   *
   * @param change its id is not used
   * @return the new entry's id; empty when another change came first
   */
  CompletionStage<Optional<EntryId>> append(Change change, EntryId seen);

  /** Puts a lost change back under its own id; false when the log is beyond it. */
  CompletionStage<Boolean> restore(Change change, EntryId seen);

  /**
   * Completes when there is a change after {@code after}, or when {@code wait} is over. One at a
   * time: such calls queue behind each other.
   */
  CompletionStage<Void> await(EntryId after, Duration wait);

  /** Changes after {@code after}, oldest first, at most {@code limit}. */
  CompletionStage<List<Change>> read(EntryId after, int limit);
}
