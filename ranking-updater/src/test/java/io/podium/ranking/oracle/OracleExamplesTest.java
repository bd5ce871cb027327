package io.podium.ranking.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.listing.Slice;
import io.podium.ranking.board.Window;
import io.podium.ranking.event.SalesEvent;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle itself agrees with every example, so that it may judge. */
class OracleExamplesTest {
  static List<String> files() {
    URI folder =
        URI.create(Objects.requireNonNull(ExampleFile.class.getResource("/examples")).toString());
    return Arrays.stream(Objects.requireNonNull(new File(folder).list()))
        .filter(f -> f.endsWith(".json"))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void listingsAreTheExamples(String file) throws IOException {
    ExampleFile example = ExampleFile.read(file);
    View view = new View(example.board(), firstArrivals(example), example.rules(), example.at());
    List<Slice> printed = new ArrayList<>();
    for (JsonNode listing : example.listings()) {
      Slice slice = ExampleFile.slice(listing.get("slice"));
      printed.add(slice);
      Expected expected = view.listing(slice);
      List<String> organic = new ArrayList<>();
      listing
          .get("organic")
          .forEach(o -> organic.add(o.get(0).textValue() + "=" + plain(o.get(1).decimalValue())));
      List<String> displayed = new ArrayList<>();
      listing.get("displayed").forEach(d -> displayed.add(d.textValue()));
      assertThat(expected.organic())
          .extracting(o -> o.productId() + "=" + plain(shown(example, o.score())))
          .isEqualTo(organic);
      assertThat(expected.displayed()).extracting(d -> d.productId()).isEqualTo(displayed);
    }
    for (Slice slice : example.slices()) {
      if (!printed.contains(slice)) {
        assertThat(view.listing(slice).organic()).isEmpty();
      }
    }
  }

  private static List<SalesEvent> firstArrivals(ExampleFile example) {
    // As `rank` reads a file: nothing is late, nothing ahead; only repeats fall away.
    List<List<String>> seen = new ArrayList<>();
    List<SalesEvent> first = new ArrayList<>();
    for (SalesEvent event : example.events()) {
      List<String> key = List.of(event.meta().source(), event.meta().id());
      if (!seen.contains(key)) {
        seen.add(key);
        first.add(event);
      }
    }
    return first;
  }

  private static BigDecimal shown(ExampleFile example, BigInteger score) {
    BigDecimal exact = new BigDecimal(score);
    return example.board().window() instanceof Window.HalfLife
        ? exact.divide(BigDecimal.valueOf(1L << 40), MathContext.DECIMAL64)
        : exact;
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
