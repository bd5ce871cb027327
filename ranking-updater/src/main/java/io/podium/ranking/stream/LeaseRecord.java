package io.podium.ranking.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who may publish: one record in the events role, with an expiry. */
public interface LeaseRecord {
  /**
   * Takes the lease when nobody holds it, or renews it when {@code holder} does.
   *
   * @param nowMillis wall clock; a new token is at least this, so that tokens grow even when the
   *     log was lost
   * @return who holds it now
   */
  CompletionStage<Held> take(String holder, Duration ttl, long nowMillis);

  /** Gives it back, when {@code holder} holds it. */
  CompletionStage<Void> release(String holder);

  /** Who holds it. */
  CompletionStage<Optional<Held>> holder();

  /**
   * @param token grows with every change of holder
   */
  record Held(String holder, long token) {}
}
