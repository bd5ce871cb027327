package io.podium.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.AnnouncementLog;
import io.podium.backends.MongoProcess;
import io.podium.backends.RedisCluster;
import io.podium.backends.RedisProcess;
import io.podium.backends.RedisSentinels;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.store.memory.MemoryAnnouncementLog;
import io.podium.store.memory.MemoryCardStore;
import io.podium.store.memory.MemoryListingStore;
import io.podium.store.mongo.MongoCardStore;
import io.podium.store.mongo.MongoLink;
import io.podium.store.mongo.MongoListingStore;
import io.podium.store.redis.RedisAnnouncementLog;
import io.podium.store.redis.RedisCardStore;
import io.podium.store.redis.RedisLink;
import io.podium.store.redis.RedisListingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A backend that the contract suites run on, started when the suite comes to it and closed after:
 * in memory, a Redis process, a set behind Sentinel, a cluster, a Mongo process, and external
 * servers when {@code PODIUM_TEST_REDIS_URI} or {@code PODIUM_TEST_MONGO_URI} is given, over TLS
 * with the authorities of {@code PODIUM_TEST_CA_FILE}. Suites use names of their own, so that an
 * external server may hold other data.
 */
public final class TestTier implements AutoCloseable {
  private static final Duration PATIENT = Duration.ofSeconds(5);
  private static final String CA_FILE = System.getenv().getOrDefault("PODIUM_TEST_CA_FILE", "");

  /** Deadlines for a machine that does other things as well. */
  public static final RedisLimits REDIS =
      new RedisLimits(PATIENT, PATIENT, PATIENT, Duration.ofMillis(100), 4096);

  public static final MongoLimits MONGO = new MongoLimits(PATIENT, PATIENT, PATIENT, 8);

  private final String name;
  private final ListingStore listings;
  private final CardStore cards;
  private final @Nullable AnnouncementLog announcements;
  private final List<Runnable> closing;

  private TestTier(
      String name,
      ListingStore listings,
      CardStore cards,
      @Nullable AnnouncementLog announcements,
      List<Runnable> closing) {
    this.name = name;
    this.listings = listings;
    this.cards = cards;
    this.announcements = announcements;
    this.closing = closing;
  }

  /** Every backend, each started when it is asked for. */
  public static Stream<TestTier> all() {
    return Stream.concat(withAnnouncements(), mongos().map(Supplier::get));
  }

  /** The backends that carry announcements. */
  public static Stream<TestTier> withAnnouncements() {
    List<Supplier<TestTier>> tiers = new ArrayList<>();
    tiers.add(TestTier::memory);
    tiers.add(
        () -> onProcess("redis", dir -> redis(RedisProcess.start(dir, RedisProcess.Role.CACHE))));
    tiers.add(() -> onProcess("sentinel", dir -> redis(RedisSentinels.start(dir))));
    tiers.add(() -> onProcess("cluster", dir -> redis(RedisCluster.start(dir))));
    external("REDIS", uri -> redis("external redis", uri, CA_FILE, List.of()), tiers);
    return tiers.stream().map(Supplier::get);
  }

  private static Stream<Supplier<TestTier>> mongos() {
    List<Supplier<TestTier>> tiers = new ArrayList<>();
    tiers.add(
        () -> onProcess("mongo", dir -> mongo(MongoProcess.start(dir, MongoProcess.Kind.MEMORY))));
    external("MONGO", uri -> mongo("external mongo", uri, CA_FILE, List.of()), tiers);
    return tiers.stream();
  }

  private static void external(
      String kind, Function<String, TestTier> opener, List<Supplier<TestTier>> tiers) {
    String uri = System.getenv("PODIUM_TEST_" + kind.toUpperCase(Locale.ROOT) + "_URI");
    if (uri != null) {
      tiers.add(() -> opener.apply(uri));
    }
  }

  private static TestTier memory() {
    return new TestTier(
        "memory",
        new MemoryListingStore(),
        new MemoryCardStore(),
        new MemoryAnnouncementLog(1000),
        List.of());
  }

  private static TestTier redis(RedisProcess process) {
    return redis("redis", process.uri(), "", List.of(process::close));
  }

  private static TestTier redis(RedisSentinels set) {
    return redis("redis behind sentinel", set.uri(), "", List.of(set::close));
  }

  private static TestTier redis(RedisCluster cluster) {
    return redis("redis cluster", cluster.uri(), "", List.of(cluster::close));
  }

  private static TestTier redis(String name, String uri, String caFile, List<Runnable> processes) {
    RedisLink link = RedisLink.open("redis-cache", uri, REDIS.withCaFile(caFile));
    List<Runnable> closing = new ArrayList<>(List.of(link::close));
    closing.addAll(processes);
    return new TestTier(
        name,
        new RedisListingStore(link),
        new RedisCardStore(link),
        new RedisAnnouncementLog(link),
        closing);
  }

  private static TestTier mongo(MongoProcess process) {
    return mongo("mongo", process.uri(), "", List.of(process::close));
  }

  private static TestTier mongo(String name, String uri, String caFile, List<Runnable> processes) {
    String database = "podium-test-" + UUID.randomUUID().toString().substring(0, 8);
    SupportedCommands watched = new SupportedCommands();
    MongoLink link = MongoLink.open(uri, database, MONGO.withCaFile(caFile), watched);
    List<Runnable> closing = new ArrayList<>(List.of(link::close));
    closing.addAll(processes);
    closing.add(() -> assertThat(watched.violations()).isEmpty());
    return new TestTier(name, new MongoListingStore(link), new MongoCardStore(link), null, closing);
  }

  private static TestTier onProcess(String name, Function<Path, TestTier> starter) {
    try {
      Path dir = Files.createTempDirectory("podium-" + name);
      TestTier tier = starter.apply(dir);
      tier.closing.add(() -> delete(dir));
      return tier;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path dir) {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ListingStore listings() {
    return listings;
  }

  public CardStore cards() {
    return cards;
  }

  public AnnouncementLog announcements() {
    if (announcements == null) {
      throw new IllegalStateException(name + " carries no announcements");
    }
    return announcements;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }

  @Override
  public String toString() {
    return name;
  }
}
