package io.podium.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
  @TempDir Path dir;

  @Test
  void redisComesBackOnItsPortAfterAKill() {
    try (RedisProcess redis = RedisProcess.start(dir, RedisProcess.Role.CACHE)) {
      long first = redis.process().pid();
      redis.kill();
      assertThat(FreePorts.isFree(redis.port())).isTrue();
      redis.restart();
      assertThat(redis.process().pid()).isNotEqualTo(first);
    }
  }

  @Test
  void mongoComesBackOnItsPortAfterAKill() {
    try (MongoProcess mongo = MongoProcess.start(dir, MongoProcess.Kind.FILE)) {
      mongo.kill();
      mongo.restart();
      assertThat(mongo.process().isAlive()).isTrue();
    }
  }

  @Test
  void aFrozenProcessCanBeClosed() {
    RedisProcess redis = RedisProcess.start(dir, RedisProcess.Role.CACHE);
    redis.freeze();
    redis.close();
    assertThat(redis.process().isAlive()).isFalse();
  }

  @Test
  void nothingOutlivesAKilledParent() throws Exception {
    try (ChildProcess parent =
        ChildProcess.startJava(
            "parent", List.of(), Parent.class.getName(), List.of(dir.toString()), log("p"))) {
      Optional<ProcessHandle> redis = Optional.empty();
      long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (redis.isEmpty() && System.nanoTime() - deadline < 0) {
        // Debian's redis-server is a link to another name of Redis.
        redis = childNamed(parent.pid(), "redis");
        LockSupport.parkNanos(20_000_000);
      }
      assertThat(redis).isPresent();
      parent.kill();
      redis.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aProcessThatCannotStartTellsItsLastWords() {
    ChildProcess process =
        ChildProcess.start("sh", List.of("sh", "-c", "echo no room; exit 3"), Map.of(), log("s"));
    assertThat(process.onExit().join()).isEqualTo(3);
    assertThat(process.lastOutput()).isEqualTo("no room");
  }

  private Path log(String name) {
    return dir.resolve(name + ".log");
  }

  private static Optional<ProcessHandle> childNamed(long pid, String name) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(p -> p.info().command().orElse("").contains(name))
        .findFirst();
  }

  /** Starts a Redis and stays. */
  static final class Parent {
    public static void main(String[] args) throws InterruptedException {
      RedisProcess redis = RedisProcess.start(Path.of(args[0]), RedisProcess.Role.CACHE);
      redis.process().onExit().join();
    }
  }
}
