package io.podium.store.memory;

import io.podium.announce.Announcement;
import io.podium.announce.AnnouncementLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Announcements on the heap, the newest {@code kept} of them. */
public final class MemoryAnnouncementLog implements AnnouncementLog {
  private final int kept;
  // Guarded by this. Position n is after the first n announcements of this log's life.
  private final List<Announcement> log = new ArrayList<>();
  private long dropped;
  private CompletableFuture<Void> more = new CompletableFuture<>();

  public MemoryAnnouncementLog(int kept) {
    this.kept = kept;
  }

  @Override
  public CompletionStage<Void> append(List<Announcement> announcements) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      log.addAll(announcements);
      int beyond = Math.max(0, log.size() - kept);
      log.subList(0, beyond).clear();
      dropped += beyond;
      waiting = more;
      more = new CompletableFuture<>();
    }
    waiting.complete(null);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<String> end() {
    return CompletableFuture.completedFuture(position());
  }

  @Override
  public synchronized CompletionStage<Batch> read(String position, int limit, Duration wait) {
    if (!position.matches("\\d{1,18}")) {
      return CompletableFuture.completedFuture(new Batch(List.of(), position(), true));
    }
    long from = Long.parseLong(position);
    if (from < dropped || from > dropped + log.size()) {
      return CompletableFuture.completedFuture(new Batch(List.of(), position(), true));
    }
    List<Announcement> after = log.subList((int) (from - dropped), log.size());
    if (after.isEmpty() && !wait.isZero()) {
      return more.copy()
          .completeOnTimeout(null, wait.toNanos(), TimeUnit.NANOSECONDS)
          .thenCompose(done -> read(position, limit, Duration.ZERO));
    }
    List<Announcement> batch = List.copyOf(after.subList(0, Math.min(limit, after.size())));
    return CompletableFuture.completedFuture(
        new Batch(batch, Long.toString(from + batch.size()), false));
  }

  private synchronized String position() {
    return Long.toString(dropped + log.size());
  }

  @Override
  public void close() {}
}
