package io.podium.ranking.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  private static String canonical(Object value) {
    StringBuilder out = new StringBuilder();
    CanonicalJson.append(value, out);
    return out.toString();
  }

  @Test
  void append_writesWhatTheReferenceWrites() throws Exception {
    SplittableRandom random = new SplittableRandom(8785);
    ObjectMapper plain = new ObjectMapper();
    for (int i = 0; i < 2_000; i++) {
      Map<String, Object> value = new TreeMap<>();
      for (int k = random.nextInt(5); k >= 0; k--) {
        value.put(text(random), List.of(text(random), random.nextLong(1L << 53), Map.of()));
        value.put(text(random), random.nextBoolean());
      }
      String reference = new JsonCanonicalizer(plain.writeValueAsString(value)).getEncodedString();
      assertThat(canonical(value)).isEqualTo(reference);
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int k = random.nextInt(6); k >= 0; k--) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) random.nextInt(0x80));
        case 1 -> text.append((char) random.nextInt(0xAC00, 0xD7A4));
        case 2 -> text.appendCodePoint(random.nextInt(0x1F600, 0x1F640));
        default -> text.append((char) random.nextInt(0xE000, 0xFFFE));
      }
    }
    return text.toString();
  }

  @Test
  void append_refusesWhatHasNoExactForm() {
    assertThatThrownBy(() -> canonical(1.5)).isInstanceOf(IllegalArgumentException.class);
  }
}
