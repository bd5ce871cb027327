package io.podium.ranking.run;

import io.podium.ranking.archive.ArchiveReader;
import io.podium.ranking.archive.Damage;
import io.podium.ranking.archive.Pruned;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a core to where the streams take over: newest sound checkpoint, then what the streams have
 * forgotten from the archive. Blocks; on the loop's thread.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int LETTERS_EVERY = 1_000;

  private final List<Board> boards;
  private final CoreLimits limits;
  private final EventLog log;
  private final CheckpointFiles files;
  private final List<Path> archives;
  private final Damage damage;
  private final AtomicLong replayed = new AtomicLong();

  /**
   * @param archives folders, this updater's own first
   * @param damage is told what cannot be used
   */
  Recovery(
      List<Board> boards,
      CoreLimits limits,
      EventLog log,
      CheckpointFiles files,
      List<Path> archives,
      Damage damage) {
    this.boards = boards;
    this.limits = limits;
    this.log = log;
    this.files = files;
    this.archives = archives;
    this.damage = damage;
  }

  /**
   * @param checkpoint what it started from; null: from nothing
   */
  record Recovered(Applier applier, @Nullable Checkpoint checkpoint) {}

  /** The state cannot be made whole; the message says what helps. */
  static final class IncompleteException extends Exception {
    private static final long serialVersionUID = 1L;

    IncompleteException(String message) {
      super(message);
    }
  }

  Recovered recover() throws IOException, IncompleteException {
    Recovered start = restore();
    Applier applier = start.applier();
    boolean sound = false;
    try {
      if (gap(applier, log).isPresent()) {
        bridge(applier);
      }
      sound = true;
      return start;
    } finally {
      if (!sound) {
        applier.core().close();
      }
    }
  }

  /** Applies what the streams have forgotten while they were read. */
  void bridge(Applier applier) throws IOException, IncompleteException {
    replay(applier);
    refuseGap(applier);
  }

  /** Entries replayed from the archive, for progress. */
  long replayed() {
    return replayed.get();
  }

  private Recovered restore() throws IOException {
    EventDecoder decoder = new EventDecoder(boards);
    for (Path file : files.newestFirst()) {
      try {
        Recovered restored = CheckpointFiles.read(file, in -> restore(decoder, in));
        if (restored.applier().core().rebuilt().isEmpty()) {
          LOG.info("Restored {}, at {}", file, restored.applier().positions());
          return restored;
        }
        LOG.warn(
            "The definitions of {} changed since {}: all boards are rebuilt from the archive and the"
                + " stream",
            restored.applier().core().rebuilt(),
            file);
        restored.applier().core().close();
        break;
      } catch (IOException | RuntimeException e) {
        CheckpointFiles.setAside(file, e, damage);
      }
    }
    return new Recovered(new Applier(new RankingCore(boards, limits), decoder, start(), 0), null);
  }

  private Recovered restore(EventDecoder decoder, java.io.InputStream in) throws IOException {
    Checkpoint head = Checkpoint.read(in);
    RankingCore core = RankingCore.restore(boards, limits, in);
    return new Recovered(new Applier(core, decoder, head.positions(), head.received()), head);
  }

  /** What every archive forgot because of its age is older than any window: not missed. */
  private Positions start() throws IOException {
    Positions start = Positions.START;
    for (StreamName stream : StreamName.values()) {
      long pruned = Pruned.upTo(archives, stream);
      start = start.with(stream, new Position(Position.START.id(), pruned));
    }
    return start;
  }

  private static Optional<String> gap(Applier applier, EventLog log) {
    for (StreamName stream : StreamName.values()) {
      Position at = applier.positions().of(stream);
      List<StreamEntry> next = Await.on(log.read(stream, at.id(), 1, Duration.ZERO), DEADLINE);
      if (!next.isEmpty() && applier.isBeyondGap(next.get(0))) {
        return Optional.of(
            "entries %d to %d of %s"
                .formatted(at.ordinal() + 1, next.get(0).ordinal() - 1, stream.text()));
      }
    }
    return Optional.empty();
  }

  private void replay(Applier applier) throws IOException, IncompleteException {
    LOG.info("The streams no longer hold all that is needed: reading the archive {}", archives);
    try (ArchiveReader reader = new ArchiveReader(archives, applier.positions(), damage)) {
      for (StreamEntry e = reader.next(); e != null; e = reader.next()) {
        switch (applier.apply(e)) {
          case DONE -> replayed.incrementAndGet();
          case FULL ->
              throw new IncompleteException(
                  "a memory bound is reached while rebuilding: raise updater.memory");
          case GAP ->
              throw missing(
                  "entries after "
                      + applier.positions().of(e.stream()).ordinal()
                      + " and before "
                      + e.ordinal()
                      + " of "
                      + e.stream().text());
        }
        if (replayed.get() % LETTERS_EVERY == 0) {
          keepRejected(applier);
        }
      }
    }
    keepRejected(applier);
  }

  /** The archive may be ahead of every loop: what it holds was perhaps never rejected before. */
  private void keepRejected(Applier applier) {
    List<EventLog.DeadLetter> letters = applier.takeLetters();
    if (!letters.isEmpty()) {
      Await.on(log.deadLetters(letters), DEADLINE);
    }
  }

  private void refuseGap(Applier applier) throws IncompleteException {
    Optional<String> gap = gap(applier, log);
    if (gap.isPresent()) {
      throw missing(gap.get());
    }
  }

  private IncompleteException missing(String what) {
    return new IncompleteException(
        what
            + " are neither in the stream nor in "
            + archives
            + (damage.count() == 0 ? "" : " " + damage.newest())
            + "; copy another updater's archive folder here and name it in updater.archives");
  }
}
