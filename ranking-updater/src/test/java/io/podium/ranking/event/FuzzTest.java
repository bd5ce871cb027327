package io.podium.ranking.event;

import io.podium.fuzz.Jazzer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer on the parsers; for an hour a target:
 *
 * <pre>
 * ./podium test -pl ranking-updater -am -Dtest=FuzzTest -Dpodium.fuzzSeconds=3600
 * </pre>
 */
class FuzzTest {
  private static final Jazzer JAZZER = new Jazzer(10_000);
  private static final List<String> SEEDS =
      List.of(
          "0{\"specversion\":\"1.0\",\"id\":\"o-1\",\"source\":\"/orders\",\"type\":\"order.placed\",\"time\":\"2026-11-22T09:00:00.120Z\",\"data\":{\"orderId\":\"1\",\"currency\":\"KRW\",\"buyer\":{\"id\":\"b\"},\"lines\":[{\"productId\":\"P1\",\"quantity\":2,\"unitPrice\":12900}]}}",
          "1[{\"specversion\":\"1.0\",\"id\":\"o-1\",\"source\":\"/orders\",\"type\":\"order.placed\",\"time\":\"2026-11-22T09:00:00.120Z\",\"data\":{\"orderId\":\"1\",\"currency\":\"KRW\",\"buyer\":{\"id\":\"b\"},\"lines\":[{\"productId\":\"P1\",\"quantity\":2,\"unitPrice\":12900}]}},{\"specversion\":\"1.0\",\"id\":\"c\",\"source\":\"/c\",\"type\":\"product.upserted\",\"data\":{\"productId\":\"P1\",\"card\":{\"name\":\"토너\",\"stock\":null}}}]",
          "0{\"specversion\":\"1.0\",\"id\":\"c\",\"source\":\"/c\",\"type\":\"product.upserted\",\"data\":{\"productId\":\"P1\",\"card\":{\"name\":\"토너\",\"stock\":null}}}");

  @ParameterizedTest
  @ValueSource(strings = {"io.podium.ranking.event.EventFuzz"})
  void nothingUnexpectedComesOut(String target, @TempDir Path dir) throws Exception {
    JAZZER.fuzz(target, SEEDS, dir);
  }
}
