package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForkTest {
  @Test
  void idWithoutMeasurement_isToldAsSuch() {
    assertThatThrownBy(() -> new Fork(Mode.QUICK, null).start(List.of("R99")).close())
        .isInstanceOf(MeasurementException.class)
        .hasMessageContaining("R99");
  }
}
