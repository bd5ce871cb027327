package io.podium.ranking.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.run.VirtualClock;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.EventLog.Batch;
import io.podium.ranking.stream.MemoryEventLog;
import io.podium.ranking.stream.Positions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiverTest {
  @TempDir Path dir;

  private long millis = 1_795_000_000_000L;
  private final VirtualClock clock = new VirtualClock(() -> millis);
  private final MemoryEventLog log = new MemoryEventLog(clock::millis, 1_000_000);
  private final Handover handover = new Handover(clock);
  private Positions read = Positions.START;

  private Archiver archiver() {
    return new Archiver(log, handover, dir, 1 << 20, Duration.ofDays(1), clock, new Damage());
  }

  private void come(int events, int products) {
    log.append(several(events), several(products)).toCompletableFuture().join();
  }

  private static List<byte[]> several(int count) {
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add("{}".getBytes(StandardCharsets.US_ASCII));
    }
    return events;
  }

  /** As the loop does. */
  private Batch read(int limit) {
    return log.read(read, limit, Duration.ZERO).toCompletableFuture().join();
  }

  private void handOver(Batch batch) {
    handover.offer(read, batch);
    pass(batch);
  }

  private void pass(Batch batch) {
    if (!batch.events().isEmpty()) {
      read =
          new Positions(batch.events().get(batch.events().size() - 1).position(), read.products());
    }
    if (!batch.products().isEmpty()) {
      read =
          new Positions(
              read.events(), batch.products().get(batch.products().size() - 1).position());
    }
  }

  private void steps(Archiver archiver) throws IOException {
    for (int i = 0; i < 3; i++) {
      millis += 1_000;
      archiver.step();
    }
  }

  private List<EntryId> archived() throws IOException {
    List<EntryId> ids = new ArrayList<>();
    try (ArchiveReader reader = new ArchiveReader(List.of(dir), Positions.START, new Damage())) {
      for (var e = reader.next(); e != null; e = reader.next()) {
        ids.add(e.id());
      }
    }
    return ids;
  }

  @Test
  void whatTheLoopHasReadIsNotReadAgain() throws Exception {
    come(5, 3);
    handOver(read(4));
    handOver(read(4));
    try (Archiver archiver = archiver()) {
      steps(archiver);
      assertThat(archiver.readAlone()).isZero();
      assertThat(archiver.safe()).isEqualTo(read);
    }
    assertThat(archived()).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void whatIsReadTwiceIsArchivedOnce() throws Exception {
    come(5, 3);
    // A loop at a memory bound, or whose products wait for events, reads some again.
    handover.offer(read, read(2));
    handOver(read(4));
    handOver(read(4));
    try (Archiver archiver = archiver()) {
      steps(archiver);
      assertThat(archiver.readAlone()).isZero();
    }
    assertThat(archived()).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void whatWasNotHandedOverIsReadBeforeWhatComesAfterIt() throws Exception {
    come(3, 1);
    pass(read(10));
    come(3, 1);
    handOver(read(10));
    try (Archiver archiver = archiver()) {
      steps(archiver);
      assertThat(archiver.readAlone()).isPositive();
      come(2, 0);
      handOver(read(10));
      steps(archiver);
      assertThat(archiver.safe()).isEqualTo(read);
    }
    assertThat(archived()).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void aLoopThatStandsStillDoesNotHoldTheArchive() throws Exception {
    come(3, 1);
    try (Archiver archiver = archiver()) {
      archiver.step();
      assertThat(archiver.readAlone()).isZero();
      millis += 5_000;
      archiver.step();
      assertThat(archiver.readAlone()).isEqualTo(4);
    }
    assertThat(archived()).hasSize(4);
  }

  @Test
  void whatFindsNoRoomIsReadFromTheStreams() throws Exception {
    byte[] large = new byte[1 << 20];
    for (int i = 0; i < 40; i++) {
      log.append(List.of(large), List.of()).toCompletableFuture().join();
      handOver(read(10));
    }
    try (Archiver archiver = archiver()) {
      steps(archiver);
      come(1, 0);
      handOver(read(10));
      steps(archiver);
      assertThat(archiver.safe()).isEqualTo(read);
      assertThat(archiver.readAlone()).isBetween(1L, 20L);
    }
    assertThat(archived()).hasSize(41).doesNotHaveDuplicates();
  }
}
