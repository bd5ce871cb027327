package io.podium.bench.updater;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.podium.backends.RedisProcess;
import io.podium.bench.Sample;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedSetSubjectTest {
  @Test
  void everyCommandCounted_wasCarriedOutByTheServer(@TempDir Path dir) {
    try (RedisProcess redis = RedisProcess.start(dir, RedisProcess.Role.CACHE);
        SortedSetSubject subject =
            new SortedSetSubject(redis.port(), redis.process().pid(), 1_000, 1)) {
      Sample sample = subject.run(Duration.ofMillis(100));
      assertThat(sample.operations()).isPositive();
      assertThat(commandStatistics(redis.uri()))
          .contains("cmdstat_zincrby:calls=" + sample.operations() + ",");
    }
  }

  private static String commandStatistics(String uri) {
    try (RedisClient client = RedisClient.create(uri);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return connection.sync().info("commandstats");
    }
  }
}
