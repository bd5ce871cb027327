package io.podium.ranking.verify;

import io.podium.ranking.archive.ArchiveReader;
import io.podium.ranking.archive.Damage;
import io.podium.ranking.archive.Pruned;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.run.Applier;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.EventLog.Batch;
import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The same core, fed again with everything that ever came. */
final class Recomputation implements AutoCloseable {
  private static final int BATCH = 5_000;
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final EventLog log;
  private final List<Path> archives;
  private final Damage damage = new Damage();
  private final Applier applier;

  Recomputation(List<Board> boards, CoreLimits limits, EventLog log, List<Path> archives)
      throws IOException {
    this.log = log;
    this.archives = archives;
    this.applier =
        new Applier(new RankingCore(boards, limits), new EventDecoder(boards), start(), 0);
  }

  private Positions start() throws IOException {
    Positions start = Positions.START;
    for (StreamName stream : StreamName.values()) {
      Position pruned = new Position(Position.START.id(), Pruned.upTo(archives, stream));
      start = start.with(stream, pruned);
    }
    return start;
  }

  void readArchive() throws IOException {
    try (ArchiveReader reader = new ArchiveReader(archives, applier.positions(), damage)) {
      for (StreamEntry e = reader.next(); e != null; e = reader.next()) {
        check(applier.apply(e), e.stream());
        applier.takeLetters();
      }
    }
  }

  /**
   * Reads on to the end of the streams.
   *
   * @param afterEach called after every batch
   * @param batch entries between two calls
   */
  void follow(int batch, Runnable afterEach) throws IOException {
    int limit = Math.min(batch, BATCH);
    while (true) {
      Positions before = applier.positions();
      Batch read = Await.on(log.read(before, limit, Duration.ZERO), DEADLINE);
      check(applier.apply(read, limit), StreamName.EVENTS);
      applier.takeLetters();
      if (applier.positions().equals(before)) {
        return;
      }
      afterEach.run();
    }
  }

  private void check(Applier.Result result, StreamName stream) throws IOException {
    if (result == Applier.Result.GAP) {
      throw new IOException(
          "entries of "
              + stream.text()
              + " after ordinal "
              + applier.positions().of(stream).ordinal()
              + " are missing in "
              + archives
              + (damage.count() == 0 ? "" : " " + damage.newest())
              + "; name another updater's archive with --archive");
    }
    if (result == Applier.Result.FULL) {
      throw new IOException("a memory bound is reached; raise updater.memory");
    }
  }

  /** What of the archive could not be read; another folder had it, else nothing is verified. */
  List<String> damaged() {
    return damage.newest();
  }

  RankingCore core() {
    return applier.core();
  }

  long received() {
    return applier.received();
  }

  @Override
  public void close() {
    applier.core().close();
  }
}
