package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.ranking.archive.Damage;
import io.podium.ranking.stream.Positions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {
  @TempDir Path dir;

  private Path write(CheckpointFiles files, long takenAt) throws IOException {
    Checkpoint head = new Checkpoint(takenAt, Positions.START, 7, List.of());
    return files.write(takenAt, head::write);
  }

  private static long received(Path file) throws IOException {
    return CheckpointFiles.read(file, in -> Checkpoint.read(in).received());
  }

  @Test
  void theTwoNewestAreKept() throws Exception {
    CheckpointFiles files = new CheckpointFiles(dir);
    write(files, 1);
    Path second = write(files, 2);
    Path third = write(files, 3);
    assertThat(files.newestFirst()).containsExactly(third, second);
    assertThat(received(third)).isEqualTo(7);
  }

  @Test
  void everyFlippedBitAndEveryLostEndIsRecognised() throws Exception {
    Path file = write(new CheckpointFiles(dir), 1);
    byte[] sound = Files.readAllBytes(file);
    for (int bit = 0; bit < sound.length * 8; bit++) {
      byte[] bytes = sound.clone();
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, bytes);
      assertThatThrownBy(() -> received(file)).isInstanceOf(IOException.class);
    }
    for (int length = 0; length < sound.length; length++) {
      Files.write(file, Arrays.copyOf(sound, length));
      assertThatThrownBy(() -> received(file)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherVersionIsRecognised() throws Exception {
    CheckpointFiles files = new CheckpointFiles(dir);
    Path other =
        files.write(
            1, out -> out.write(ByteBuffer.allocate(8).putInt(0x50444d43).putInt(2).array()));
    assertThatThrownBy(() -> received(other)).hasMessage("checkpoint of version 2, this is 1");
    Path none = files.write(2, out -> out.write(new byte[100]));
    assertThatThrownBy(() -> received(none)).hasMessage("not a checkpoint");
  }

  @Test
  void whatCannotBeUsedIsSetAsideAndNamed() throws Exception {
    CheckpointFiles files = new CheckpointFiles(dir);
    Path older = write(files, 1);
    Path newest = write(files, 2);
    Damage damage = new Damage();
    CheckpointFiles.setAside(newest, new IOException("its checksum does not agree"), damage);
    assertThat(files.newestFirst()).containsExactly(older);
    assertThat(newest.resolveSibling(newest.getFileName() + ".damaged")).exists();
    assertThat(damage.newest())
        .containsExactly(
            newest
                + ": this checkpoint cannot be used (its checksum does not agree);"
                + " it is set aside as "
                + newest.getFileName()
                + ".damaged");
  }

  @Test
  void whereverAWriteIsCutOffAWholeCheckpointIsLeft() throws Exception {
    for (int cut = 0; cut < 8; cut++) {
      Path own = dir.resolve("cut" + cut);
      write(new CheckpointFiles(own), 1);
      int[] left = {cut};
      CheckpointFiles cutOff =
          new CheckpointFiles(
              own,
              () -> {
                if (left[0]-- == 0) {
                  throw new Faults.Crash();
                }
              });
      try {
        write(cutOff, 2);
        assertThat(cut).isGreaterThan(5);
      } catch (Faults.Crash e) {
        assertThat(cut).isLessThan(7);
      }
      List<Path> there = new CheckpointFiles(own).newestFirst();
      assertThat(there).isNotEmpty();
      for (Path file : there) {
        try (InputStream whole = Files.newInputStream(file)) {
          assertThat(whole.available()).isPositive();
        }
        assertThat(received(file)).isEqualTo(7);
      }
    }
  }
}
