package io.podium.read.refresh;

import io.podium.announce.Announcement;
import io.podium.announce.AnnouncementLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A log of which each read is told. */
final class WatchedLog implements AnnouncementLog {
  private final AnnouncementLog log;
  private final Duration most;
  private final Runnable reads;

  /**
   * @param most how long a read waits
   * @param reads told before each
   */
  WatchedLog(AnnouncementLog log, Duration most, Runnable reads) {
    this.log = log;
    this.most = most;
    this.reads = reads;
  }

  @Override
  public CompletionStage<Void> append(List<Announcement> announcements) {
    return log.append(announcements);
  }

  @Override
  public CompletionStage<String> end() {
    return log.end();
  }

  @Override
  public CompletionStage<Batch> read(String position, int limit, Duration wait) {
    reads.run();
    return log.read(position, limit, wait.compareTo(most) < 0 ? wait : most);
  }

  @Override
  public void close() {}
}
