package io.podium.ranking.run;

import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.LeaseRecord;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The events role, its calls and the lease's, with faults. */
final class FaultyLog implements EventLog, LeaseRecord {
  private final EventLog log;
  private final LeaseRecord lease;
  private final Faults faults;

  FaultyLog(EventLog log, LeaseRecord lease, Faults faults) {
    this.log = log;
    this.lease = lease;
    this.faults = faults;
  }

  @Override
  public CompletionStage<Void> append(List<byte[]> events, List<byte[]> products) {
    return faults.call(() -> log.append(events, products));
  }

  @Override
  public CompletionStage<Batch> read(Positions after, int limit, Duration wait) {
    return faults.call(() -> log.read(after, limit, wait));
  }

  @Override
  public CompletionStage<List<StreamEntry>> read(
      StreamName stream, EntryId after, int limit, Duration wait) {
    return faults.call(() -> log.read(stream, after, limit, wait));
  }

  @Override
  public CompletionStage<Positions> ends() {
    return faults.call(log::ends);
  }

  @Override
  public CompletionStage<Void> deadLetters(List<DeadLetter> letters) {
    return faults.call(() -> log.deadLetters(letters));
  }

  @Override
  public CompletionStage<Void> register(String updater, Positions safe, long nowMillis) {
    return faults.call(() -> log.register(updater, safe, nowMillis));
  }

  @Override
  public CompletionStage<Void> trim(long nowMillis, Retention retention) {
    return faults.call(() -> log.trim(nowMillis, retention));
  }

  @Override
  public CompletionStage<Held> take(String holder, Duration ttl, long nowMillis) {
    return faults.call(() -> lease.take(holder, ttl, nowMillis));
  }

  @Override
  public CompletionStage<Void> release(String holder) {
    return faults.call(() -> lease.release(holder));
  }

  @Override
  public CompletionStage<Optional<Held>> holder() {
    return faults.call(lease::holder);
  }
}
