package io.podium.ranking.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  private static List<String> lines(byte[] file, int limit) throws IOException {
    List<String> all = new ArrayList<>();
    try (EventLines lines = EventLines.of(new ByteArrayInputStream(file), limit)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        all.add(lines.number() + " " + new String(line, UTF_8));
      }
    }
    return all;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }

  @Test
  void next_numbersLinesAndSkipsBlankOnes() throws IOException {
    assertThat(lines("\n가\n \t\r\nb\r\n\nc".getBytes(UTF_8), 100))
        .containsExactly("2 가", "4 b\r", "6 c");
    assertThat(lines(new byte[0], 100)).isEmpty();
    assertThat(lines("\n".getBytes(UTF_8), 100)).isEmpty();
    assertThat(lines("x".getBytes(UTF_8), 100)).containsExactly("1 x");
  }

  @Test
  void next_cutsALineRightBehindTheLimit() throws IOException {
    String long1 = "x".repeat(300_000);

    assertThat(lines((long1 + "\nb").getBytes(UTF_8), 5)).containsExactly("1 xxxxxx", "2 b");
    assertThat(lines((long1 + "\nb").getBytes(UTF_8), 300_000))
        .containsExactly("1 " + long1, "2 b");
  }

  @Test
  void of_recognisesGzip_ofSeveralMembers() throws IOException {
    byte[] first = gzip("a\nb");
    byte[] second = gzip("c\nd\n");
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertThat(lines(both, 100)).containsExactly("1 a", "2 bc", "3 d");
  }

  @Test
  void next_failsOnATruncatedFile() throws IOException {
    byte[] whole = gzip("x".repeat(1_000) + "\ny");

    assertThatThrownBy(() -> lines(Arrays.copyOf(whole, whole.length - 10), 100))
        .isInstanceOf(IOException.class);
  }
}
