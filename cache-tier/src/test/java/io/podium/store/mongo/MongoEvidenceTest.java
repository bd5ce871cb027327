package io.podium.store.mongo;

import static io.podium.store.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.MongoProcess;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.store.SupportedCommands;
import io.podium.store.TestTier;
import io.podium.store.mongo.MongoEvidence.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoEvidenceTest {
  private static final ListingKey KEY = new ListingKey("b", Slice.WHOLE_SHOP);
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00.123456Z");

  private static Row row(long epoch, int seconds, int value) {
    return new Row(KEY, epoch, NINE.plusSeconds(seconds), new byte[] {(byte) value});
  }

  @Test
  void theFirstOfAnEpochStaysIsFoundByEpochAndMomentAndIsPruned(@TempDir Path dir) {
    SupportedCommands watch = new SupportedCommands();
    try (MongoProcess mongo = MongoProcess.start(dir, MongoProcess.Kind.MEMORY);
        MongoLink link = MongoLink.open(mongo.uri(), "podium", TestTier.MONGO, watch)) {
      MongoEvidence evidence = new MongoEvidence(link);
      answer(evidence.add(List.of(row(1, 0, 1), row(2, 10, 2))));
      answer(evidence.add(List.of(row(2, 15, 9), row(3, 20, 3))));

      assertThat(answer(evidence.find(KEY, 2)).orElseThrow().value()).containsExactly(2);
      assertThat(answer(evidence.find(KEY, 4))).isEmpty();
      Row then = answer(evidence.findAsOf(KEY, NINE.plusSeconds(19))).orElseThrow();
      assertThat(then.epoch()).isEqualTo(2);
      assertThat(then.asOf()).isEqualTo(NINE.plusSeconds(10));
      assertThat(answer(evidence.findAsOf(KEY, NINE.minusSeconds(1)))).isEmpty();
      assertThat(answer(evidence.find(new ListingKey("c", Slice.WHOLE_SHOP), 1))).isEmpty();

      answer(evidence.prune(KEY, NINE.plusSeconds(20)));
      assertThat(answer(evidence.find(KEY, 2))).isEmpty();
      assertThat(answer(evidence.find(KEY, 3))).isPresent();
      assertThat(watch.violations()).isEmpty();
    }
  }
}
