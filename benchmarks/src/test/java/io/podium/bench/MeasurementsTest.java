package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  @Test
  void whatStandsBesideTheSameEngine_isMeasuredTogetherAsFarAsItIsAskedFor() {
    List<String> asked = List.of("R1", "R2", "P1", "R4", "R5", "U1");

    assertThat(Measurements.together("R1", asked)).containsExactly("R1", "R2", "P1", "R4");
    assertThat(Measurements.together("R5", asked)).containsExactly("R5");
  }
}
