package io.podium.announce;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The ordered, resumable, bounded stream of announcements. Non-blocking, safe from any thread;
 * failures as {@link io.podium.store.StoreException}.
 */
public interface AnnouncementLog extends AutoCloseable {
  /** Appends in order. Announcing twice is harmless. */
  CompletionStage<Void> append(List<Announcement> announcements);

  /** The position after everything announced so far. */
  CompletionStage<String> end();

  /**
   * What was announced after {@code position}, waiting up to {@code wait} for the first.
   *
   * @param position from {@link #end()} or an earlier batch
   */
  CompletionStage<Batch> read(String position, int limit, Duration wait);

  /**
   * @param position to read on from
   * @param gap the log no longer reaches back to the position asked for, or was lost and began
   *     anew: the reader must check all that it holds
   */
  record Batch(List<Announcement> announcements, String position, boolean gap) {}

  @Override
  void close();
}
