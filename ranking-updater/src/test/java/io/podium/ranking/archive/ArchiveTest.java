package io.podium.ranking.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Packing.class)
class ArchiveTest {
  private static final long HOUR = 3_600_000;
  private static final long START = 1_795_000_000_000L / HOUR * HOUR;

  private final Packing packing;

  @TempDir Path dir;

  ArchiveTest(Packing packing) {
    this.packing = packing;
  }

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
    ArchiveWriter writer = new ArchiveWriter(dir, StreamName.EVENTS, maxBytes, damage, packing);
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
      return files
          .filter(f -> f.toString().endsWith(".jsonl." + packing.suffix()))
          .sorted()
          .toList();
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
    assertThat(unpacked(files().get(0)).lines())
        .hasSize(3)
        .allMatch(l -> l.startsWith("{\"v\":1,\"id\":\""));
  }

  private String unpacked(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in =
            packing == Packing.GZIP ? new GZIPInputStream(raw) : new ZstdInputStream(raw)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
    String how =
        packing == Packing.GZIP
            ? "what follows is no gzip data"
            : "its compressed data is damaged: Unknown frame descriptor";
    assertThat(damage.newest()).containsExactly(file + ": after line 50: " + how);
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
    String other = unpacked(file).replaceFirst("\\{\"v\":1,", "{\"v\":2,");
    Lines lines = new Lines();
    lines.writeBytes(other.getBytes(StandardCharsets.UTF_8));
    ByteBuffer member = packing.pack(lines);
    byte[] bytes = new byte[member.remaining()];
    member.get(bytes);
    Files.write(file, bytes);
    assertThat(ordinals(dir)).containsExactly(2L, 3L);
    assertThat(damage.newest()).containsExactly(file + ": line 1 is damaged, left out");
  }

  @Test
  void filesOfBothPackingsAreOneSeries() throws Exception {
    Packing other = packing == Packing.GZIP ? Packing.ZSTD : Packing.GZIP;
    try (ArchiveWriter before = new ArchiveWriter(dir, StreamName.EVENTS, 1 << 20, damage, other)) {
      before.open();
      before.append(entries(1, 3, START));
    }
    try (ArchiveWriter writer = writer(1 << 20)) {
      assertThat(writer.safe().ordinal()).isEqualTo(3);
      writer.append(entries(4, 5, START));
    }
    assertThat(ordinals(dir)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(damage.newest()).isEmpty();
  }

  @Test
  void anEndInTheMiddleOfAWriteIsNoDamageWhileItGrows() throws Exception {
    try (ArchiveWriter writer = writer(1 << 20)) {
      writer.append(entries(1, 2, START));
      writer.append(entries(3, 4, START));
    }
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    for (int cut = 1; cut < 30; cut++) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
      assertThat(ordinals(dir)).startsWith(1L, 2L);
    }
    assertThat(damage.newest()).isEmpty();
  }

  @Test
  void aLineFeedAnywhereInAnEventKeepsItOnOneLine() throws Exception {
    List<StreamEntry> all = new ArrayList<>();
    for (int at = 0; at < 20; at++) {
      byte[] event = new byte[20];
      Arrays.fill(event, (byte) '\t');
      event[at] = (byte) (at % 2 == 0 ? '\n' : '\r');
      all.add(new StreamEntry(StreamName.EVENTS, new EntryId(START + at, 0), at + 1, event, true));
    }
    write(all);
    assertThat(unpacked(files().get(0)).lines()).hasSize(20);
  }

  @Test
  void largeMembersAreReadToTheirEnd() throws Exception {
    for (int entries = 1_000; entries < 1_040; entries++) {
      write(entries(1, entries, START));
      assertThat(ordinals(dir)).hasSize(entries);
      Files.delete(files().get(0));
    }
    assertThat(damage.newest()).isEmpty();
  }

  @Test
  void whatOneFolderLacksAnotherMayHave(@TempDir Path other) throws Exception {
    write(entries(1, 3, START));
    ArchiveWriter second = new ArchiveWriter(other, StreamName.EVENTS, 1 << 20, damage, packing);
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
    Lines out = new Lines();
    ArchiveLine.write(entry(StreamName.EVENTS, 1, START), out);
    byte[] line = Arrays.copyOf(out.toByteArray(), out.size() - 1);
    assertThat(ArchiveLine.parse(StreamName.EVENTS, line)).isNotNull();
    for (int i = 0; i < line.length; i++) {
      assertThat(ArchiveLine.parse(StreamName.EVENTS, Arrays.copyOf(line, i))).isNull();
    }
  }
}
