package io.podium.store.redis;

import static io.podium.store.Await.answer;
import static io.podium.store.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.Announcement;
import io.podium.announce.Announcement.CardChanged;
import io.podium.announce.AnnouncementLog.Batch;
import io.podium.backends.FreePorts;
import io.podium.backends.RedisProcess;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.listing.Listing;
import io.podium.store.Await;
import io.podium.store.PublishResult;
import io.podium.store.Samples;
import io.podium.store.StoreException.Kind;
import io.podium.store.TestTier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTierTest {
  @TempDir Path dir;

  private final RedisProcess redis;
  private final RedisLink link;
  private final RedisListingStore listings;
  private final RedisAnnouncementLog log;

  RedisTierTest(@TempDir Path data) {
    redis = RedisProcess.start(data, RedisProcess.Role.CACHE);
    link = RedisLink.open("redis-cache", redis.uri(), TestTier.REDIS);
    listings = new RedisListingStore(link);
    log = new RedisAnnouncementLog(link, 200);
  }

  @AfterEach
  void close() {
    link.close();
    redis.close();
  }

  private static List<Announcement> cards(int count) {
    return IntStream.range(0, count).<Announcement>mapToObj(i -> new CardChanged("P" + i)).toList();
  }

  @Test
  void aReaderThatTheTrimmedLogNoLongerReachesHasAGapAndGoesOn() {
    String start = answer(log.end());
    answer(log.append(cards(1500)));
    Batch gap = answer(log.read(start, 10, Duration.ZERO));
    assertThat(gap.gap()).isTrue();
    answer(log.append(cards(1)));
    Batch next = answer(log.read(gap.position(), 10, Duration.ofSeconds(10)));
    assertThat(next.gap()).isFalse();
    assertThat(next.announcements()).hasSize(1);
  }

  @Test
  void aLogThatWasLostAndBeganAnewIsAGap() {
    answer(log.append(cards(3)));
    String position = answer(log.end());
    redis.restart();
    Await.until("connected again", () -> answer(link.check()).ok());
    answer(log.append(cards(3)));
    Batch batch = answer(log.read(position, 10, Duration.ofSeconds(1)));
    assertThat(batch.gap()).isTrue();
    assertThat(batch.position()).isEqualTo(answer(log.end()));
  }

  @Test
  void aFlushWhileAReaderWaitsIsAGap() {
    String position = answer(log.end());
    CompletionStage<Batch> waiting = log.read(position, 10, Duration.ofSeconds(20));
    answer(link.write(r -> r.flushall()));
    answer(log.append(cards(2)));
    Batch batch = answer(waiting);
    assertThat(batch.gap()).isTrue();
    assertThat(batch.announcements()).hasSizeLessThanOrEqualTo(2);
  }

  /** Redis answers who waits after each command, also of one that brings more of them at once. */
  @Test
  void aFlushRightBehindWhatWasReadIsOneGap() throws IOException {
    String position = answer(log.end());
    CompletionStage<Batch> waiting = log.read(position, 10, Duration.ofSeconds(20));
    Await.until("waiting", () -> redis.tell("INFO clients").contains("blocked_clients:1"));
    redis.say("XADD " + RedisKeys.ANNOUNCEMENTS + " * k begin\r\nFLUSHALL");
    Batch gap = answer(waiting);
    assertThat(gap.gap()).isTrue();
    answer(log.append(cards(2)));
    Batch next = answer(log.read(gap.position(), 10, Duration.ofSeconds(20)));
    assertThat(next).isEqualTo(new Batch(cards(2), answer(log.end()), false));
  }

  @Test
  void aDamagedAnnouncementIsAGap_andWhatALaterVersionAddsIsNot() {
    String start = answer(log.end());
    answer(link.write(r -> r.xadd(RedisKeys.ANNOUNCEMENTS, "k", bytes("future"), "n", bytes("x"))));
    Batch unknown = answer(log.read(start, 10, Duration.ZERO));
    assertThat(unknown.gap()).isFalse();
    assertThat(unknown.announcements()).isEmpty();
    answer(
        link.write(
            r ->
                r.xadd(
                    RedisKeys.ANNOUNCEMENTS,
                    Map.of(
                        "k", bytes("c"), "n", bytes("P9"), "v", bytes(""), "later", bytes("x")))));
    Batch more = answer(log.read(unknown.position(), 10, Duration.ZERO));
    assertThat(more).isEqualTo(new Batch(List.of(new CardChanged("P9")), more.position(), false));
    answer(link.write(r -> r.xadd(RedisKeys.ANNOUNCEMENTS, "k", bytes("l"), "n", bytes("x"))));
    answer(log.append(cards(1)));
    Batch damaged = answer(log.read(more.position(), 10, Duration.ZERO));
    assertThat(damaged.gap()).isTrue();
    assertThat(damaged.announcements()).containsExactly(new CardChanged("P0"));
  }

  @Test
  void damagedBytesAreToldAndReplacedByTheNextPublication() {
    Listing one = Samples.listing(Samples.key(), 1, 20);
    answer(listings.publish(one, Optional.empty(), 1));
    String key = RedisKeys.listing(one.key());
    answer(link.write(r -> r.hset(key, "v", bytes("garbage"))));
    assertThat(failure(listings.find(one.key())).kind()).isEqualTo(Kind.CORRUPT);
    answer(link.write(r -> r.hset(key, "e", bytes("garbage"))));
    assertThat(answer(listings.epochs(List.of(one.key())))).isEmpty();
    Listing two = Samples.listing(one.key(), 2, 20);
    assertThat(answer(listings.publish(two, Optional.of(one), 1))).isEqualTo(PublishResult.STORED);
    assertThat(answer(listings.find(one.key()))).contains(two);
    answer(link.write(r -> r.set(key, bytes("not a hash"))));
    assertThat(failure(listings.find(one.key())).kind()).isEqualTo(Kind.CORRUPT);
  }

  @Test
  void whoHoldsTheEpochBeforeReceivesTheDifference_andTheWholeWhenThatIsDamaged() {
    Listing one = Samples.listing(Samples.key(), 1, 100);
    Listing two = Samples.listing(one.key(), 2, 100);
    answer(listings.publish(one, Optional.empty(), 1));
    answer(listings.publish(two, Optional.of(one), 1));
    long start = link.bytesReceived();
    assertThat(answer(listings.find(one.key()))).contains(two);
    long whole = link.bytesReceived() - start;
    assertThat(answer(listings.findSince(one))).contains(two);
    assertThat(link.bytesReceived() - start - whole).isLessThan(whole / 2);
    String history = RedisKeys.history(one.key());
    answer(link.write(r -> r.xadd(history, "d", bytes("garbage"))));
    assertThat(answer(listings.findSince(one))).contains(two);
  }

  @Test
  void aCardThatCannotBeReadHidesNoOther() {
    RedisCardStore cards = new RedisCardStore(link);
    answer(cards.merge(List.of(Samples.card("a", "x", "1", 1), Samples.card("b", "x", "1", 1))));
    answer(link.write(r -> r.set(RedisKeys.card("a"), bytes("garbage"))));
    assertThat(answer(cards.find(Set.of("a", "b")))).containsOnlyKeys("b");
    assertThat(cards.unreadable()).isEqualTo(1);
    assertThat(answer(cards.merge(List.of(Samples.card("a", "x", "2", 2))))).containsExactly("a");
    assertThat(answer(cards.find(Set.of("a", "b")))).containsOnlyKeys("a", "b");
  }

  @Test
  void waitingForAnAnnouncementIsNotCutShortByOtherDeadlines() {
    Duration brief = Duration.ofMillis(500);
    RedisLimits limits = new RedisLimits(brief, brief, brief, brief, 64);
    String end = answer(log.end());
    try (RedisLink waiting = RedisLink.open("redis-cache", redis.uri(), limits)) {
      Await.until("connected", () -> answer(waiting.check()).ok());
      RedisAnnouncementLog reader = new RedisAnnouncementLog(waiting);
      assertThat(answer(reader.read(end, 10, brief.multipliedBy(3))))
          .isEqualTo(new Batch(List.of(), end, false));
    }
  }

  @Test
  void whileRedisIsAwayCallsFailAtOnceAndItsReturnIsNoticed() {
    assertThat(answer(link.check()).ok()).isTrue();
    redis.kill();
    Await.until("noticed", () -> !link.isConnected());
    long start = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      assertThat(failure(listings.find(Samples.key())).kind()).isEqualTo(Kind.AWAY);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    redis.restart();
    Await.until("connected again", () -> answer(link.check()).ok());
  }

  @Test
  void aProcessThatStartsBeforeRedisConnectsLater() {
    int port = FreePorts.next();
    try (RedisLink early =
        RedisLink.open("redis-cache", "redis://127.0.0.1:" + port, TestTier.REDIS)) {
      assertThat(answer(early.check()).ok()).isFalse();
      try (RedisProcess late = RedisProcess.start(dir, port, RedisProcess.Role.CACHE, List.of())) {
        Await.until("connected", () -> answer(early.check()).ok());
        assertThat(late.port()).isEqualTo(port);
      }
    }
  }

  @Test
  void aFrozenRedisTimesOutAndWhatWasInFlightIsNeverSentAgain() {
    RedisLimits impatient =
        new RedisLimits(
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            64);
    try (RedisLink quick = RedisLink.open("redis-cache", redis.uri(), impatient)) {
      answer(link.write(r -> r.set("n", bytes("0"))));
      Await.until("connected", () -> answer(quick.check()).ok());
      redis.freeze();
      List<CompletableFuture<Long>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(quick.write(r -> r.incr("n")));
      }
      calls.forEach(c -> assertThat(failure(c).kind()).isIn(Kind.TIMEOUT, Kind.BUSY, Kind.AWAY));
      Await.until(
          "the silent connection is dropped",
          () -> failure(quick.read(r -> r.get("n"))).kind() == Kind.AWAY);
      redis.thaw();
      Await.until("connected again", () -> answer(quick.check()).ok());
      byte[] n = answer(link.read(r -> r.get("n")));
      assertThat(Long.parseLong(new String(n, StandardCharsets.US_ASCII))).isLessThanOrEqualTo(200);
      long once = answer(quick.write(r -> r.incr("once")));
      assertThat(once).isEqualTo(1);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
