package io.podium.store.redis;

import static io.podium.store.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.Announcement.CardChanged;
import io.podium.announce.AnnouncementLog.Batch;
import io.podium.backends.RedisCluster;
import io.podium.backends.RedisProcess;
import io.podium.backends.RedisSentinels;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.listing.Listing;
import io.podium.store.Await;
import io.podium.store.PublishResult;
import io.podium.store.Samples;
import io.podium.store.StoreException;
import io.podium.store.TestTier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What is special to Sentinel, cluster and replicas, on real processes: each test waits most of the
 * time for servers of its own to notice something, so that they wait at the same time.
 */
class RedisSetsTest {
  private static final Duration BRIEF = Duration.ofMillis(500);
  private static final RedisLimits LIMITS =
      new RedisLimits(BRIEF, BRIEF, BRIEF, Duration.ofMillis(100), 4096);

  /** Where nothing fails that must be noticed soon. */
  private static final RedisLimits PATIENT = TestTier.REDIS;

  @TempDir Path dir;

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void sentinelsNewPrimaryIsFound_andTheOldOneIsNotWrittenToWhenItReturns() {
    try (RedisSentinels set = RedisSentinels.start(dir);
        RedisLink link = RedisLink.open("redis-cache", set.uri(), LIMITS)) {
      RedisListingStore store = new RedisListingStore(link);
      Listing one = Samples.listing(Samples.key(), 1, 20);
      Await.until("published", () -> publishes(store, one));
      set.firstPrimary().kill();
      Listing two = Samples.listing(one.key(), 2, 20);
      Await.until("published at the new primary", () -> publishes(store, two));
      set.firstPrimary().restart();
      Await.until("the old one is a replica", () -> isReplica(set.firstPrimary()));
      Listing three = Samples.listing(one.key(), 3, 20);
      Await.until("published", () -> publishes(store, three));
      assertThat(answer(store.find(one.key()))).contains(three);
    }
  }

  private static boolean isReplica(RedisProcess server) {
    return Await.quietly(() -> server.say("SET written-to-a-replica 1")).startsWith("-READONLY");
  }

  /** Whether it is there, now or by an earlier try. */
  private static boolean publishes(RedisListingStore store, Listing listing) {
    try {
      PublishResult result = answer(store.publish(listing, Optional.empty(), 1));
      assertThat(result).isNotEqualTo(PublishResult.FENCED);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void listingsAreReadFromReplicas_andCardsFromThePrimary() {
    try (RedisSentinels set = RedisSentinels.start(dir);
        RedisLink link = RedisLink.open("redis-cache", set.uri(), PATIENT.withReplicas(true))) {
      RedisListingStore store = new RedisListingStore(link);
      RedisCardStore cards = new RedisCardStore(link);
      Listing one = Samples.listing(Samples.key(), 1, 20);
      Await.until("published", () -> publishes(store, one));
      answer(cards.merge(List.of(Samples.card("P1", "price", "1", 1))));
      Await.until("replicated", () -> holds(store, one));
      List<RedisProcess> servers = set.servers();
      long before = servers.get(1).calls("hget") + servers.get(2).calls("hget");
      long atPrimary = servers.get(0).calls("mget");
      for (int i = 0; i < 20; i++) {
        answer(store.find(one.key()));
        answer(cards.find(List.of("P1")));
      }
      assertThat(servers.get(1).calls("hget") + servers.get(2).calls("hget") - before)
          .isEqualTo(20);
      assertThat(servers.get(0).calls("mget") - atPrimary).isEqualTo(20);
    }
  }

  private static boolean holds(RedisListingStore store, Listing listing) {
    try {
      return answer(store.find(listing.key())).equals(Optional.of(listing));
    } catch (StoreException e) {
      return false;
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aShardThatDiesIsTakenOverByItsReplica_andTheOthersGoOn() {
    try (RedisCluster cluster = RedisCluster.start(dir);
        RedisLink link = RedisLink.open("redis-cache", cluster.uri(), LIMITS)) {
      RedisListingStore store = new RedisListingStore(link);
      RedisAnnouncementLog log = new RedisAnnouncementLog(link);
      List<Listing> listings = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Listing listing = Samples.listing(Samples.key(), 1, 5);
        listings.add(listing);
        Await.until("published", () -> publishes(store, listing));
      }
      String position = Await.answered(log::end);
      Await.until("announced", () -> announces(log));
      String incarnation = Await.answered(link::incarnation);
      cluster.firstPrimaries().get(1).kill();
      long served = listings.stream().filter(l -> holds(store, l)).count();
      assertThat(served).as("listings of the shards that live").isPositive();
      for (Listing listing : listings) {
        Listing next = Samples.listing(listing.key(), 2, 5);
        Await.until("published again", () -> publishes(store, next));
        Await.until("read again", () -> holds(store, next));
      }
      assertThat(Await.answered(link::incarnation)).isNotEqualTo(incarnation);
      Batch batch = Await.answered(() -> log.read(position, 10, Duration.ZERO));
      assertThat(batch.gap() || batch.announcements().contains(new CardChanged("P1"))).isTrue();
    }
  }

  private static boolean announces(RedisAnnouncementLog log) {
    try {
      answer(log.append(List.of(new CardChanged("P1"))));
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void onAClusterAFormerPublisherIsFencedOffEveryPart() {
    try (RedisCluster cluster = RedisCluster.start(dir);
        RedisLink link = RedisLink.open("redis-cache", cluster.uri(), PATIENT);
        RedisLink other = RedisLink.open("redis-cache", cluster.uri(), PATIENT)) {
      RedisListingStore former = new RedisListingStore(link);
      RedisListingStore active = new RedisListingStore(other);
      Await.until("published", () -> publishes(former, Samples.listing(Samples.key(), 1, 5)));
      Listing begun = Samples.listing(Samples.key(), 1, 5);
      Await.answered(() -> active.publish(begun, Optional.empty(), 2));
      for (int i = 0; i < 300; i++) {
        Listing late = Samples.listing(Samples.key(), 1, 3);
        assertThat(answer(former.publish(late, Optional.empty(), 1)))
            .isEqualTo(PublishResult.FENCED);
      }
      answer(other.write(r -> r.flushall()));
      // The fences went with everything else: one publication finds out, the next one raises them.
      answer(active.publish(Samples.listing(begun.key(), 2, 3), Optional.empty(), 2));
      answer(active.publish(Samples.listing(begun.key(), 3, 3), Optional.empty(), 2));
      for (int i = 0; i < 300; i++) {
        Listing late = Samples.listing(Samples.key(), 1, 3);
        assertThat(answer(former.publish(late, Optional.empty(), 1)))
            .isEqualTo(PublishResult.FENCED);
      }
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void whatAFrozenShardWasSentIsNeverSentAgain() {
    try (RedisCluster cluster = RedisCluster.start(dir);
        RedisLink link = RedisLink.open("redis-cache", cluster.uri(), LIMITS)) {
      Await.until("connected", () -> answer(link.check()).ok());
      Await.answered(() -> link.write(r -> r.set("n", "0".getBytes(StandardCharsets.US_ASCII))));
      cluster.firstPrimaries().forEach(RedisProcess::freeze);
      List<CompletableFuture<Long>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(link.write(r -> r.incr("n")));
      }
      calls.forEach(c -> Await.failure(c));
      cluster.firstPrimaries().forEach(RedisProcess::thaw);
      byte[] n = Await.answered(() -> link.read(r -> r.get("n")));
      assertThat(Long.parseLong(new String(n, StandardCharsets.US_ASCII))).isLessThanOrEqualTo(100);
    }
  }
}
