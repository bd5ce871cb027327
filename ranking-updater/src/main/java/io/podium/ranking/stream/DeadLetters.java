package io.podium.ranking.stream;

import io.podium.ranking.stream.EventLog.DeadLetter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Events that were accepted and then rejected, each with its reason. Failures as {@link EventLog}.
 */
public interface DeadLetters {
  /** Letters after {@code after}, oldest first, at most {@code limit}. */
  CompletionStage<List<DeadLetter>> read(StreamName stream, EntryId after, int limit);

  /** They were replayed, or are not wanted any more; answers how many were there. */
  CompletionStage<Long> drop(StreamName stream, List<EntryId> ids);
}
