package io.podium.ranking.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.RedisProcess;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.store.redis.RedisLink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisEventLogTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  @TempDir Path dir = Path.of("");

  @Test
  void ordinalsGoOnFromTheStream_andFromTheCounterWhereItIsEmpty() {
    try (RedisProcess redis = RedisProcess.start(dir, RedisProcess.Role.EVENTS)) {
      append(redis, 3);
      redis.tell("INCRBY " + StreamName.EVENTS.ordinalKey() + " 2000");
      append(redis, 2);
      assertThat(ordinals(redis)).containsExactly(1L, 2L, 3L, 4L, 5L);
      redis.tell("XTRIM " + StreamName.EVENTS.key() + " MAXLEN 0");
      append(redis, 1);
      assertThat(ordinals(redis)).containsExactly(6L);
    }
  }

  /**
   * What a kill in the middle of writing a request leaves: Redis cuts its file within the
   * transaction, and takes the rest of it for the beginning of the next one at the start after.
   */
  @Test
  void aRequestThatWasCutOffInTheFileLeavesNoHole() throws IOException {
    try (RedisProcess redis = RedisProcess.start(dir, RedisProcess.Role.EVENTS)) {
      append(redis, 10);
      Path file = appended();
      long kept = Files.size(file);
      append(redis, 100);
      redis.kill();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate((kept + Files.size(file)) / 2);
      }
      redis.restart();
      append(redis, 20);
      redis.restart();
      append(redis, 30);
      long last = 0;
      for (long ordinal : ordinals(redis)) {
        assertThat(ordinal).isLessThanOrEqualTo(last + 1);
        last = ordinal;
      }
      assertThat(last).isEqualTo(60);
    }
  }

  /** What the server appends to: one file up to 6.2, from 7.0 on the newest of several. */
  private Path appended() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(
              f -> f.toString().endsWith("/appendonly.aof") || f.toString().endsWith(".incr.aof"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  /** In one request. */
  private static void append(RedisProcess redis, int events) {
    byte[] event = "{}".getBytes(StandardCharsets.UTF_8);
    try (RedisLink link = RedisLink.open("redis-events", redis.uri(), RedisLimits.DEFAULT)) {
      RedisEventLog log = new RedisEventLog(link, 1_000_000);
      Await.on(log.append(Collections.nCopies(events, event), List.of()), DEADLINE);
    }
  }

  private static List<Long> ordinals(RedisProcess redis) {
    try (RedisLink link = RedisLink.open("redis-events", redis.uri(), RedisLimits.DEFAULT)) {
      RedisEventLog log = new RedisEventLog(link, 1_000_000);
      return Await.on(log.read(StreamName.EVENTS, EntryId.START, 1_000, Duration.ZERO), DEADLINE)
          .stream()
          .map(StreamEntry::ordinal)
          .toList();
    }
  }
}
