package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ForkTest {
  @Test
  void idWithoutMeasurement_isToldAsSuch() {
    assertThatThrownBy(() -> new Fork(Mode.QUICK, null).measure("R99", (part, text) -> {}))
        .isInstanceOf(MeasurementException.class)
        .hasMessageContaining("R99");
  }
}
