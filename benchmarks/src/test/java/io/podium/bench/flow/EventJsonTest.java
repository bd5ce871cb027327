package io.podium.bench.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.bench.updater.SalesTraffic;
import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.event.SalesEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventJsonTest {
  @Test
  void everyEventOfTheTrafficIsAcceptedAndTheSame() {
    SalesTraffic traffic = new SalesTraffic(1, 1_000, Instant.EPOCH, 600);
    EventDecoder decoder = new EventDecoder(List.of());
    for (int i = 0; i < 500; i++) {
      SalesEvent told = traffic.next();
      Decoded decoded = decoder.decode(EventJson.of(told));
      assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
      SalesEvent read = ((Decoded.Accepted) decoded).event();
      assertThat(read.meta().id()).isEqualTo(told.meta().id());
      assertThat(read)
          .usingRecursiveComparison()
          .ignoringFields("meta.contentHash")
          .isEqualTo(told);
    }
  }
}
