package io.podium.ranking.run;

import io.podium.announce.AnnouncementLog;
import io.podium.config.StoresConfig;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.ranking.admin.AdminServer;
import io.podium.ranking.admin.DeadLettersApi;
import io.podium.ranking.admin.Desk;
import io.podium.ranking.archive.Archiver;
import io.podium.ranking.archive.Damage;
import io.podium.ranking.archive.Handover;
import io.podium.ranking.board.Board;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.evidence.EvidenceKeeper;
import io.podium.ranking.ingest.ApiKeys;
import io.podium.ranking.ingest.Ingestion;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.rules.RuleCopy;
import io.podium.ranking.stream.RedisDeadLetters;
import io.podium.ranking.stream.RedisEventLog;
import io.podium.ranking.stream.RedisLease;
import io.podium.ranking.stream.RedisRuleLog;
import io.podium.store.CardStore;
import io.podium.store.ListingStore;
import io.podium.store.mongo.MongoAudit;
import io.podium.store.mongo.MongoCardStore;
import io.podium.store.mongo.MongoEvidence;
import io.podium.store.mongo.MongoLink;
import io.podium.store.mongo.MongoListingStore;
import io.podium.store.redis.RedisAnnouncementLog;
import io.podium.store.redis.RedisCardStore;
import io.podium.store.redis.RedisLink;
import io.podium.store.redis.RedisListingStore;
import io.podium.trace.Traces;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One updater process: wires the parts, starts their threads, and ends them. Comes up with any
 * store away.
 */
public final class Updater implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Updater.class);
  private static final Duration STORE_DEADLINE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMillis(20);
  private static final int RANKED_AT_ONCE = 64;
  private static final Duration IDLE = Duration.ofMillis(5);
  private static final int LISTEN_SECONDS = 10;

  private final UpdaterConfig config;
  private final Vertx vertx;
  private final List<AutoCloseable> resources = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final RankingLoop loop;
  private final Lease lease;
  private final Ingestion ingestion;
  private final AdminServer admin;
  private int port;
  private int adminPort;

  /**
   * @param clock of this process; what is counted follows the event log's
   */
  public Updater(UpdaterConfig config, StoresConfig stores, List<Board> boards, Clock clock)
      throws IOException {
    this.config = config;
    own(DataDir.take(config.dataDir()));
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4));

    // Nobody's page waits for an updater's read.
    RedisLimits limits = stores.redis().patient();
    RedisLink events = own(RedisLink.open("redis-events", stores.events(), limits));
    RedisLink readers = own(RedisLink.open("redis-events", stores.events(), limits));
    RedisLink cache = own(RedisLink.open("redis-cache", stores.cache(), limits));
    MongoLink mongo =
        own(MongoLink.open(stores.mongo(), stores.database(), stores.mongoLimits().patient()));
    Traces traces = own(Traces.to(config.traces(), "podium-update"));
    ListingStore cacheListings = TracedListings.over(new RedisListingStore(cache), traces);
    CardStore cacheCards = new RedisCardStore(cache);
    CardStore mongoCards = new MongoCardStore(mongo);
    AnnouncementLog announcements = new RedisAnnouncementLog(cache);
    RedisEventLog log = new RedisEventLog(events, config.maxBacklog());
    RedisEventLog reader = new RedisEventLog(readers, config.maxBacklog());

    String holder = config.name() + "/" + UUID.randomUUID();
    lease = new Lease(new RedisLease(events), holder, config.leaseTtl(), clock, System::nanoTime);
    Movement movement = new Movement(boards);
    TrailingStore trailing =
        new TrailingStore(
            new MongoListingStore(mongo),
            lease,
            movement,
            config.mongoEvery(),
            config.historyKeep(),
            clock,
            STORE_DEADLINE);
    Publisher publisher =
        new Publisher(
            cacheListings, trailing, announcements, lease, movement, clock, STORE_DEADLINE);
    RuleBook rules = new RuleBook(new RedisRuleLog(events), new RuleCopy(new MongoAudit(mongo)));
    Holding holding = new Holding(rules, boards);
    publisher.follow(holding);
    EvidenceKeeper evidence = new EvidenceKeeper(new MongoEvidence(mongo), config.historyKeep());
    publisher.prove(evidence);
    Damage damage = new Damage();
    CheckpointFiles files = new CheckpointFiles(config.dataDir());
    Checkpoints checkpoints = new Checkpoints(files, config.checkpointEvery(), clock);
    loop =
        new RankingLoop(
            boards,
            reader,
            new Recovery(boards, config.limits(), reader, files, config.archiveDirs(), damage),
            checkpoints,
            publisher,
            lease,
            rules::current,
            new RankingLoop.Settings(config.batch(), PATIENCE, RANKED_AT_ONCE),
            clock);
    loop.follow(rules::holds, rules::isKnown);
    Proofs proofs = new Proofs(config.mongoEvery(), evidence::hasRoom, System::nanoTime);
    if (config.evidence()) {
      loop.prove(proofs);
    }
    Handover handover = new Handover(clock);
    loop.archive(handover);
    Archiver archiver =
        own(
            new Archiver(
                reader,
                handover,
                config.archiveDir(),
                config.archiveFileBytes(),
                config.archiveKeep(),
                clock,
                damage));
    EventDecoder decoder = new EventDecoder(boards);
    CacheLife life = new CacheLife(cache);
    CardKeeper cacheKeeper =
        new CardKeeper(
            reader,
            decoder,
            cacheCards,
            announcements,
            mongoCards,
            life::id,
            new PositionFile(config.dataDir().resolve("cards-cache.position")),
            config.limits().maxAhead(),
            STORE_DEADLINE);
    CardKeeper mongoKeeper =
        new CardKeeper(
            reader,
            decoder,
            mongoCards,
            null,
            null,
            () -> "mongo",
            new PositionFile(config.dataDir().resolve("cards-mongo.position")),
            config.limits().maxAhead(),
            STORE_DEADLINE);

    Progress progress =
        new Progress(config.name(), loop::status, checkpoints::safe, damage, lease, log, clock);
    ingestion =
        new Ingestion(
            vertx, log, new ApiKeys(config.keys()), config.rateLimit(), progress::json, clock);
    Vitals vitals =
        new Vitals(
            config.name(),
            loop,
            publisher,
            trailing,
            lease,
            progress,
            checkpoints,
            damage,
            ingestion.counts(),
            workers,
            holding::held,
            evidence,
            proofs::lastPass,
            archiver::readAlone);
    admin =
        new AdminServer(
            vertx,
            vitals::health,
            vitals::metrics,
            new Desk(
                boards,
                rules,
                loop.questions(),
                cacheListings,
                trailing.store(),
                cacheCards,
                evidence,
                clock),
            new DeadLettersApi(vertx, new RedisDeadLetters(events), log),
            config.adminTokens(),
            clock);

    Upkeep upkeep =
        new Upkeep(
            config,
            lease,
            loop,
            new Trimmer(
                config.name(),
                log,
                lease,
                checkpoints,
                archiver,
                mongoKeeper,
                config.streams(),
                clock),
            rules,
            life,
            vitals,
            List.of(events::check, cache::check, mongo::check));
    work("loop", loop::step);
    work("publisher", () -> publisher.runCycle() ? Duration.ZERO : IDLE);
    work("trailing", () -> trailing.runCycle() ? Duration.ZERO : IDLE.multipliedBy(4));
    work("evidence", () -> evidence.runCycle() ? Duration.ZERO : IDLE.multipliedBy(20));
    work("cards-cache", cacheKeeper::step);
    work("cards-mongo", mongoKeeper::step);
    work("checkpoint", checkpoints::write);
    work("archive", archiver::step);
    work("lease", upkeep::lease);
    work("rules", upkeep::rules);
    work("rule-copy", upkeep::ruleCopy);
    work("upkeep", upkeep::step);
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.add(resource);
    return resource;
  }

  private void work(String name, Worker.Step step) {
    workers.add(new Worker(name, step));
  }

  /**
   * Listens and starts the threads.
   *
   * @throws IOException when a port cannot be had
   */
  public void start() throws IOException {
    if (config.keys().isEmpty()) {
      LOG.warn("No key may post: set updater.keys, as in  keys: { shop: a-long-secret }");
    }
    UpdaterConfig.Http http = config.http();
    port = listen("updater.port", http.port(), ingestion.listen(http.host(), http.port()));
    adminPort =
        listen(
            "updater.adminPort",
            http.adminPort(),
            admin.listen(http.adminHost(), http.adminPort()));
    workers.forEach(Worker::start);
    LOG.info(
        "Updater {} takes events at http://{}:{}/v1/events, admin at http://{}:{}",
        config.name(),
        http.host(),
        port,
        http.adminHost(),
        adminPort);
  }

  private static int listen(String key, int wanted, io.vertx.core.Future<HttpServer> listening)
      throws IOException {
    try {
      return listening
          .toCompletionStage()
          .toCompletableFuture()
          .get(LISTEN_SECONDS, TimeUnit.SECONDS)
          .actualPort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException("port " + wanted + " cannot be had; set " + key + " to a free one", e);
    }
  }

  public int port() {
    return port;
  }

  public int adminPort() {
    return adminPort;
  }

  public LoopStatus status() {
    return loop.status();
  }

  static String nameOf(String holder) {
    int slash = holder.lastIndexOf('/');
    return slash < 0 ? holder : holder.substring(0, slash);
  }

  /** Gives the lease back, writes a last checkpoint, ends all threads. */
  @Override
  public void close() {
    quietly(
        "HTTP",
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS));
    workers.forEach(w -> quietly("a thread", w));
    quietly("the lease", lease::release);
    quietly("the last checkpoint", loop::close);
    resources.forEach(r -> quietly("a store", r));
  }

  private static void quietly(String what, AutoCloseable close) {
    try {
      close.close();
    } catch (Exception e) {
      LOG.warn("Closing {}: {}", what, e.getMessage());
    }
  }
}
