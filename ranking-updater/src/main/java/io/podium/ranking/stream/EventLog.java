package io.podium.ranking.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The events role as ingestion and the loop see it. Failures as {@link
 * io.podium.store.StoreException}: AWAY, TIMEOUT (the outcome is unknown), BUSY (a stream is at its
 * limit), REFUSED.
 */
public interface EventLog {
  /**
   * Appends all of a request's events or none of them, each list in order. Fails with BUSY when a
   * stream would grow beyond its limit.
   */
  CompletionStage<Void> append(List<byte[]> events, List<byte[]> products);

  /**
   * At most {@code limit} entries of each stream after the positions, in order; waits up to {@code
   * wait} for the first one.
   */
  CompletionStage<Batch> read(Positions after, int limit, Duration wait);

  /** Entries of both streams, each list in order. */
  record Batch(List<StreamEntry> events, List<StreamEntry> products) {}

  /** The same of one stream. */
  CompletionStage<List<StreamEntry>> read(
      StreamName stream, EntryId after, int limit, Duration wait);

  /** The newest entries of both streams now; {@link Position#START} of an empty one. */
  CompletionStage<Positions> ends();

  /** Keeps rejected entries with their reasons; repeating a call changes nothing. */
  CompletionStage<Void> deadLetters(List<DeadLetter> letters);

  record DeadLetter(StreamEntry entry, String reason) {}

  /** Says what this updater no longer needs from the streams, and that it lives. */
  CompletionStage<Void> register(String updater, Positions safe, long nowMillis);

  /**
   * Drops what every living updater has safe, except what is young; forgets updaters that were not
   * heard of.
   */
  CompletionStage<Void> trim(long nowMillis, Retention retention);

  /**
   * @param forget an updater that was not heard of for this long is not waited for
   * @param keep entries younger than this stay, so that an updater that comes new finds them; but
   *     not while a stream holds more than {@code roomy} entries
   */
  record Retention(Duration forget, Duration keep, long roomy) {}
}
