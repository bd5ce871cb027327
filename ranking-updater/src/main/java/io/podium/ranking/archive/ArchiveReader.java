package io.podium.ranking.archive;

import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The entries of both streams from one or more archive folders, in the order of their ids, each
 * once: what one folder lacks or has damaged, another may have. Owned by one thread.
 */
public final class ArchiveReader implements AutoCloseable {
  private final List<Series> open = new ArrayList<>();
  private final PriorityQueue<Series> byNext =
      new PriorityQueue<>(Comparator.comparing((Series s) -> s.head().id()));
  private Positions given;

  /**
   * @param after entries up to these are left out
   * @param damage is told what could not be read
   */
  public ArchiveReader(List<Path> dirs, Positions after, Damage damage) throws IOException {
    given = after;
    for (StreamName stream : StreamName.values()) {
      EntryId from = after.of(stream).id();
      for (Path dir : dirs) {
        Series series = new Series(ArchiveFile.series(dir, stream), from, damage);
        open.add(series);
        advance(series);
      }
    }
  }

  /** The next entry; null at the end. */
  public @Nullable StreamEntry next() throws IOException {
    while (true) {
      Series first = byNext.poll();
      if (first == null) {
        return null;
      }
      StreamEntry entry = first.head();
      advance(first);
      if (entry.id().compareTo(given.of(entry.stream()).id()) > 0) {
        given = given.with(entry.stream(), entry.position());
        return entry;
      }
    }
  }

  private void advance(Series series) throws IOException {
    if (series.advance()) {
      byNext.add(series);
    }
  }

  @Override
  public void close() throws IOException {
    for (Series s : open) {
      s.close();
    }
  }

  /** One series of one folder. */
  private static final class Series implements AutoCloseable {
    private final Deque<ArchiveFile> files;
    private final Damage damage;
    private @Nullable FileReader reader;
    private @Nullable StreamEntry head;

    Series(List<ArchiveFile> all, EntryId from, Damage damage) {
      this.files = new ArrayDeque<>(all);
      this.damage = damage;
      // A file whose successor begins before the position holds nothing new.
      while (files.size() > 1 && second().firstMillis() < from.millis()) {
        files.removeFirst();
      }
    }

    private ArchiveFile second() {
      return files.stream().skip(1).findFirst().orElseThrow();
    }

    StreamEntry head() {
      if (head == null) {
        throw new IllegalStateException("at the end");
      }
      return head;
    }

    boolean advance() throws IOException {
      head = null;
      while (head == null) {
        if (reader == null) {
          ArchiveFile file = files.pollFirst();
          if (file == null) {
            return false;
          }
          reader = new FileReader(file, damage, files.isEmpty());
        }
        head = reader.next();
        if (head == null) {
          close();
        }
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
