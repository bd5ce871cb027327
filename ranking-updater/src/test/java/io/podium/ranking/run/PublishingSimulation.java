package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.Announcement;
import io.podium.announce.AnnouncementLog;
import io.podium.config.Config;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.stream.MemoryEventLog;
import io.podium.ranking.stream.MemoryLease;
import io.podium.store.ListingStore;
import io.podium.store.StoreException;
import io.podium.store.memory.MemoryAnnouncementLog;
import io.podium.store.memory.MemoryListingStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Two updaters, the real loop, lease, publisher and trailing store, in virtual time against stores
 * in memory that lose, delay, repeat and refuse, with crashes at any call and takeovers while a
 * call is under way. One thread; the same seed does the same.
 */
final class PublishingSimulation {
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final List<Board> BOARDS =
      BoardParser.parse(
          Config.parse(
              """
              best:
                score: units
                window: PT24H
                publishEvery: PT0.1S
                movementBy: PT5S
                slices: [[], [buyer.ageGroup]]
              """,
              "simulation"));

  private final Random random;
  private final Path dir;
  private final Faults faults;
  private final MemoryEventLog log = new MemoryEventLog(this::millis, Long.MAX_VALUE);
  private final MemoryLease leaseRecord = new MemoryLease(this::millis);
  private final ListingStore cacheStore = new MemoryListingStore();
  private final ListingStore mongoStore = new MemoryListingStore();
  private final ListingStore cache;
  private final ListingStore mongo;
  private final MemoryAnnouncementLog announced = new MemoryAnnouncementLog(1_000_000);
  private final Node[] nodes = new Node[2];
  private final Map<ListingKey, Map<String, Long>> units = new HashMap<>();
  private long now = Instant.parse("2026-11-22T09:00:00Z").toEpochMilli();
  private int lives;
  private int events;
  private boolean nested;

  PublishingSimulation(long seed, Path dir) {
    this.random = new Random(seed);
    this.dir = dir;
    this.faults = new Faults(random);
    this.cache = new FaultyListings(cacheStore, faults);
    this.mongo = new FaultyListings(mongoStore, faults);
  }

  private long millis() {
    return now;
  }

  private final class VirtualClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
      return now;
    }
  }

  /** One process; a crash leaves nothing of it. */
  private final class Node {
    private final int number;
    private Lease lease;
    private RankingLoop loop;
    private Publisher publisher;
    private TrailingStore trailing;

    Node(int number) {
      this.number = number;
      start();
    }

    private void start() {
      Clock clock = new VirtualClock();
      String holder = number + "/" + lives++;
      lease = new Lease(leaseRecord, holder, TTL, clock, () -> now * 1_000_000);
      Movement movement = new Movement(BOARDS);
      trailing =
          new TrailingStore(
              mongo, lease, movement, Duration.ZERO, Duration.ofDays(1), clock, DEADLINE);
      publisher = new Publisher(cache, trailing, new FaultyLog(), lease, movement, clock, DEADLINE);
      CheckpointFiles files = new CheckpointFiles(dir.resolve("none"));
      loop =
          new RankingLoop(
              BOARDS,
              log,
              new Recovery(BOARDS, CoreLimits.DEFAULT, log, files, List.of()),
              files,
              publisher,
              lease,
              List::of,
              new RankingLoop.Settings(3, Duration.ofDays(1), Duration.ZERO),
              clock);
    }

    /** One step of one of its threads. */
    void step(int which) {
      try {
        switch (which) {
          case 0 -> loop.step();
          case 1 -> publisher.runCycle();
          case 2 -> trailing.runCycle();
          default -> {
            if (loop.status().isCaughtUp()) {
              lease.step();
            }
          }
        }
      } catch (StoreException e) {
        // The worker tries again.
      } catch (Faults.Crash e) {
        start();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final class FaultyLog implements AnnouncementLog {
    @Override
    public CompletionStage<Void> append(List<Announcement> announcements) {
      return faults.call(() -> announced.append(announcements));
    }

    @Override
    public CompletionStage<String> end() {
      return announced.end();
    }

    @Override
    public CompletionStage<Batch> read(String position, int limit, Duration wait) {
      return announced.read(position, limit, wait);
    }

    @Override
    public void close() {}
  }

  void run(int steps) throws Exception {
    String start = announced.end().toCompletableFuture().get();
    nodes[0] = new Node(0);
    nodes[1] = new Node(1);
    for (int i = 0; i < steps; i++) {
      stepAnything();
    }
    faults.end();
    faults.deliverDelayed();
    for (int i = 0; i < 400; i++) {
      now += 25;
      for (Node node : nodes) {
        for (int which = 0; which < 4; which++) {
          node.step(which);
        }
      }
    }
    check(start);
  }

  private void stepAnything() {
    int dice = random.nextInt(20);
    if (dice < 3) {
      sell();
    } else if (dice < 6) {
      now += 1 + random.nextInt(150);
    } else if (dice == 6 && random.nextInt(10) == 0) {
      now += 3_000;
    } else if (dice == 7 && random.nextInt(10) == 0) {
      nodes[random.nextInt(2)].start();
    } else {
      Node node = nodes[random.nextInt(2)];
      Node other = nodes[1 - node.number];
      faults.meanwhile(() -> othersGoOn(other));
      node.step(random.nextInt(4));
    }
  }

  /** Long enough for a takeover, while a call of the first one is under way. */
  private void othersGoOn(Node other) {
    if (nested) {
      return;
    }
    nested = true;
    for (int i = 0; i < 12; i++) {
      now += 250;
      if (i % 4 == 0) {
        sell();
      }
      for (int which = 3; which >= 0; which--) {
        other.step(which);
      }
    }
    nested = false;
  }

  private void sell() {
    String product = "P" + random.nextInt(5);
    String age = random.nextInt(3) + "0s";
    int quantity = 1 + random.nextInt(3);
    String event =
        """
        {"specversion":"1.0","id":"%d","source":"/s","type":"order.placed","time":"%s",\
        "data":{"orderId":"%d","buyer":{"ageGroup":"%s"},\
        "lines":[{"productId":"%s","quantity":%d,"unitPrice":1}]}}"""
            .formatted(events, Instant.ofEpochMilli(now), events, age, product, quantity);
    events++;
    log.append(List.of(event.getBytes(StandardCharsets.UTF_8)), List.of());
    count(Slice.WHOLE_SHOP, product, quantity);
    count(Slice.WHOLE_SHOP.with("buyer.ageGroup", age), product, quantity);
  }

  private void count(Slice slice, String product, long quantity) {
    units
        .computeIfAbsent(new ListingKey("best", slice), k -> new TreeMap<>())
        .merge(product, quantity, Long::sum);
  }

  private void check(String start) throws Exception {
    Map<ListingKey, Long> told = new HashMap<>();
    for (Announcement a :
        announced
            .read(start, 1_000_000, Duration.ZERO)
            .toCompletableFuture()
            .get()
            .announcements()) {
      if (a instanceof Announcement.ListingChanged c) {
        told.merge(c.key(), c.epoch(), Math::max);
      }
    }
    for (ListingKey key : units.keySet()) {
      Listing inCache = cacheStore.find(key).toCompletableFuture().get().orElseThrow();
      Listing inMongo = mongoStore.find(key).toCompletableFuture().get().orElseThrow();
      assertThat(scores(inCache)).as("%s", key).isEqualTo(units.get(key));
      assertThat(inMongo).isEqualTo(inCache);
      assertThat(told).as("announced").containsEntry(key, inCache.epoch());
      checkChain(key);
    }
    assertThat(nodes).as("one is active").filteredOn(n -> n.lease.isActive()).hasSize(1);
    for (Node node : nodes) {
      assertThat(node.loop.status().received()).isEqualTo(events);
    }
  }

  private void checkChain(ListingKey key) throws Exception {
    String chain = "";
    for (Listing l :
        new ArrayList<>(
            cacheStore.history(key, 0, Integer.MAX_VALUE).toCompletableFuture().get())) {
      chain = Composer.chain(chain, l.epoch(), l.hash());
      assertThat(l.chain()).isEqualTo(chain);
    }
  }

  private static Map<String, Long> scores(Listing listing) {
    Map<String, Long> scores = new TreeMap<>();
    for (Entry e : listing.entries()) {
      scores.put(e.productId(), e.score().longValueExact());
    }
    return scores;
  }
}
