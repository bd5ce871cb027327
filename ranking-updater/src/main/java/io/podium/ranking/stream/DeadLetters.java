package io.podium.ranking.stream;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Events that were accepted and then rejected, each with its reason. Failures as {@link EventLog}. */
public interface DeadLetters {
  /**
   * @param id of the rejected entry
   * @param event as it came
   */
  record Letter(StreamName stream, EntryId id, String reason, byte[] event) {}

  /** Letters after {@code after}, oldest first, at most {@code limit}. */
  CompletionStage<List<Letter>> read(StreamName stream, EntryId after, int limit);

  /** They were replayed, or are not wanted any more; answers how many were there. */
  CompletionStage<Long> drop(StreamName stream, List<EntryId> ids);
}
