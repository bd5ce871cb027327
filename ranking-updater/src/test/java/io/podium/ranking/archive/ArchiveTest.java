package io.podium.ranking.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final long HOUR = 3_600_000;
  private static final long START = 1_795_000_000_000L / HOUR * HOUR;

  @TempDir Path dir;

  private static StreamEntry entry(StreamName stream, int n, long millis) {
    byte[] event = ("{\"id\":\"" + n + "\",\"name\":\"상품\"}").getBytes(StandardCharsets.UTF_8);
    return new StreamEntry(stream, new EntryId(millis, n), n, event, true);
  }

  private static List<StreamEntry> entries(int from, int to, long millis) {
    List<StreamEntry> entries = new ArrayList<>();
    for (int n = from; n <= to; n++) {
      entries.add(entry(StreamName.EVENTS, n, millis + n));
    }
    return entries;
  }

  private final Damage damage = new Damage();

  private ArchiveWriter writer(long maxBytes) throws IOException {
    ArchiveWriter writer = new ArchiveWriter(dir, StreamName.EVENTS, maxBytes, damage);
    writer.open();
    return writer;
  }

  private void write(List<StreamEntry> entries) throws IOException {
    try (ArchiveWriter writer = writer(1 << 20)) {
      writer.append(entries);
    }
  }

  private List<Long> ordinals(Path... dirs) throws IOException {
    List<Long> ordinals = new ArrayList<>();
    try (ArchiveReader reader = new ArchiveReader(List.of(dirs), Positions.START, damage)) {
      for (StreamEntry e = reader.next(); e != null; e = reader.next()) {
        ordinals.add(e.ordinal());
      }
    }
    return ordinals;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(f -> f.toString().endsWith(".jsonl.gz")).sorted().toList();
    }
  }

  @Test
  void whatIsWrittenIsReadByteForByteAlsoByOrdinaryTools() throws Exception {
    write(entries(1, 3, START));
    try (ArchiveReader reader = new ArchiveReader(List.of(dir), Positions.START, damage)) {
      StreamEntry first = Objects.requireNonNull(reader.next());
      assertThat(first.text()).isEqualTo("{\"id\":\"1\",\"name\":\"상품\"}");
      assertThat(first.intact()).isTrue();
      assertThat(first.id()).isEqualTo(new EntryId(START + 1, 1));
    }
    try (GZIPInputStream zcat = new GZIPInputStream(Files.newInputStream(files().get(0)))) {
      String text = new String(zcat.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.lines()).hasSize(3).allMatch(l -> l.startsWith("{\"v\":1,\"id\":\""));
    }
  }

  @Test
  void aWriterGoesOnWhereTheLastStopped() throws Exception {
    write(entries(1, 3, START));
    try (ArchiveWriter writer = writer(1 << 20)) {
      assertThat(writer.safe().ordinal()).isEqualTo(3);
      writer.append(entries(4, 5, START));
    }
    assertThat(ordinals(dir)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void filesRotateByHourAndBySize() throws Exception {
    List<StreamEntry> both = new ArrayList<>(entries(1, 2, START));
    both.addAll(entries(3, 4, START + HOUR));
    write(both);
    assertThat(files()).hasSize(2);
    try (ArchiveWriter writer = writer(1)) {
      writer.append(entries(5, 5, START + HOUR));
      writer.append(entries(6, 6, START + HOUR));
    }
    assertThat(files()).hasSize(4);
    assertThat(ordinals(dir)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void aTornFileIsMadeWholeAndTheTornOneSetAside() throws Exception {
    try (ArchiveWriter writer = writer(1 << 20)) {
      writer.append(entries(1, 2, START));
      writer.append(entries(3, 4, START));
    }
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));
    try (ArchiveWriter writer = writer(1 << 20)) {
      assertThat(writer.safe().ordinal()).isBetween(2L, 4L);
      writer.append(entries((int) writer.safe().ordinal() + 1, 5, START));
    }
    assertThat(ordinals(dir)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(file.resolveSibling(file.getFileName() + ".damaged")).exists();
  }

  @Test
  void aFlippedBitLosesLinesButNeverAltersOne() throws Exception {
    List<StreamEntry> all = entries(1, 200, START);
    write(all);
    Path file = files().get(0);
    byte[] sound = Files.readAllBytes(file);
    for (int at = 12; at < sound.length - 8; at += 37) {
      byte[] bytes = sound.clone();
      bytes[at] ^= 4;
      Files.write(file, bytes);
      try (ArchiveReader reader = new ArchiveReader(List.of(dir), Positions.START, damage)) {
        for (StreamEntry e = reader.next(); e != null; e = reader.next()) {
          assertThat(e.event()).isEqualTo(all.get((int) e.ordinal() - 1).event());
        }
      }
    }
  }

  @Test
  void aMemberThatDoesNotBeginAsOneEndsTheFileAndIsNamed() throws Exception {
    write(entries(1, 50, START));
    int second = (int) Files.size(files().get(0));
    try (ArchiveWriter writer = writer(1 << 20)) {
      writer.append(entries(51, 100, START));
    }
    Path file = files().get(0);
    assertThat(files()).hasSize(2);
    byte[] both = join(Files.readAllBytes(file), Files.readAllBytes(files().get(1)));
    both[second] ^= 1;
    Files.write(file, both);
    Files.delete(files().get(1));
    assertThat(ordinals(dir)).hasSize(50);
    assertThat(damage.newest())
        .containsExactly(file + ": after line 50: what follows is no gzip data");
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @Test
  void aLineOfAnotherVersionIsLeftOutAndNamed() throws Exception {
    write(entries(1, 3, START));
    Path file = files().get(0);
    String lines;
    try (GZIPInputStream zcat = new GZIPInputStream(Files.newInputStream(file))) {
      lines = new String(zcat.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      String other = lines.replaceFirst("\\{\"v\":1,", "{\"v\":2,");
      out.write(other.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(ordinals(dir)).containsExactly(2L, 3L);
    assertThat(damage.newest()).containsExactly(file + ": line 1 is damaged, left out");
  }

  @Test
  void whatOneFolderLacksAnotherMayHave(@TempDir Path other) throws Exception {
    write(entries(1, 3, START));
    ArchiveWriter second = new ArchiveWriter(other, StreamName.EVENTS, 1 << 20, damage);
    second.open();
    second.append(entries(2, 6, START));
    second.close();
    assertThat(ordinals(dir, other)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void whatCameDamagedIsKeptAsItCame() throws Exception {
    byte[] event = {1, 2, '\n', 3};
    write(List.of(new StreamEntry(StreamName.EVENTS, new EntryId(START, 0), 1, event, false)));
    try (ArchiveReader reader = new ArchiveReader(List.of(dir), Positions.START, damage)) {
      StreamEntry entry = Objects.requireNonNull(reader.next());
      assertThat(entry.intact()).isFalse();
      assertThat(entry.event()).isEqualTo(event);
    }
  }

  @Test
  void oldFilesAreForgottenAndItIsRememberedUpToWhere() throws Exception {
    List<StreamEntry> both = new ArrayList<>(entries(1, 2, START));
    both.addAll(entries(3, 4, START + HOUR));
    write(both);
    try (ArchiveWriter writer = writer(1 << 20)) {
      writer.prune(START + 10 * HOUR, Duration.ofHours(2));
    }
    assertThat(ordinals(dir)).containsExactly(3L, 4L);
    assertThat(Pruned.upTo(List.of(dir), StreamName.EVENTS)).isEqualTo(2);
  }

  @Test
  void aLineThatIsNotAsItWasWrittenIsNone() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArchiveLine.write(entry(StreamName.EVENTS, 1, START), out);
    byte[] line = Arrays.copyOf(out.toByteArray(), out.size() - 1);
    assertThat(ArchiveLine.parse(StreamName.EVENTS, line)).isNotNull();
    for (int i = 0; i < line.length; i++) {
      assertThat(ArchiveLine.parse(StreamName.EVENTS, Arrays.copyOf(line, i))).isNull();
    }
  }
}
