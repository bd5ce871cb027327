package io.podium.read;

import io.podium.config.StoresConfig;
import io.podium.read.admin.AdminServer;
import io.podium.read.admin.Metrics;
import io.podium.read.hit.Cors;
import io.podium.read.hit.Traffic;
import io.podium.read.http.Changes;
import io.podium.read.http.PublicServer;
import io.podium.read.http.Rehearsal;
import io.podium.read.http.Site;
import io.podium.read.overload.Admission;
import io.podium.read.overload.Drain;
import io.podium.read.overload.Gate;
import io.podium.read.overload.GatedTransport;
import io.podium.read.page.Cursors;
import io.podium.read.page.PageEncoder;
import io.podium.read.refresh.Refresh;
import io.podium.read.refresh.Warm;
import io.podium.read.tls.Certificates;
import io.podium.store.hot.HotKey;
import io.podium.store.hot.HotSettings;
import io.podium.store.hot.HotTier;
import io.podium.trace.Traces;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A running read engine: everything opened, in order, and closed in the reverse order. */
public final class Engine implements AutoCloseable {
  private static final int LARGEST_VALUE = 256 << 10;
  private static final long CARDS = 200_000;
  private static final long LISTING_ENTRIES = 500_000;
  private static final long START_S = 30;
  private static final long STOP_S = 5;
  private static final int SLOW_LOOP_MS = 200;
  private static final long CERTIFICATE_CHECK_MS = 5_000;

  private final EngineConfig config;
  private final Stores stores;
  private final HotTier hot;
  private final Refresh refresh;
  private final Vertx vertx;
  private final Changes changes;
  private final Drain drain = new Drain();
  private final Traces traces;
  private final List<PublicServer> servers = new CopyOnWriteArrayList<>();
  private final int port;
  private final HotWatch hotWatch;
  private final WarmUp warmUp;
  private int adminPort;

  private Engine(EngineConfig config, StoresConfig storesConfig) throws StartException {
    this.config = config;
    Site site = site(config);
    // Drivers load their classes while the hot tier is recovered: each takes a third of a second.
    CompletableFuture<Stores> opening =
        CompletableFuture.supplyAsync(() -> new Stores(storesConfig));
    this.hot = openHot(config.hot(), opening);
    this.stores = opened(opening);
    byte[] key = CursorKey.of(config, storesConfig.cache() + ' ' + storesConfig.mongo());
    Cursors cursors = new Cursors(key);
    this.traces = Traces.to(config.traces(), "podium-read");
    this.changes =
        new Changes(config.limits().changesClients(), config.limits().changesPerAddress());
    Clock clock = Clock.systemUTC();
    this.refresh =
        new Refresh(
            stores.announcements(),
            stores.reads(),
            stores.refreshes(),
            new Warm(memory(hot)),
            new PageEncoder(cursors),
            changes,
            limits(config),
            clock);
    this.hotWatch = new HotWatch(hot, refresh::tellUse);
    this.port = config.port() == 0 ? freePort() : config.port();
    EngineConfig.Limits limits = config.limits();
    Gate gate =
        new Gate(
            port,
            new Gate.Limits(
                limits.connections(),
                limits.connectionsPerAddress(),
                limits.slowClient(),
                limits.idle()));
    this.vertx = vertx(config, gate);
    refresh.open();
    List<Traffic> loops = new ArrayList<>();
    for (int i = 0; i < config.loops(); i++) {
      loops.add(new Traffic());
    }
    Admission admission =
        new Admission(
            2 * config.workers(), limits.loads(), limits.loadsPerAddress(), refresh.workers());
    PublicServer.Shared shared =
        new PublicServer.Shared(
            refresh,
            hot::read,
            cursors,
            changes,
            new Cors(config.corsOrigins()),
            site,
            admission,
            traces,
            drain,
            clock);
    Metrics metrics =
        new Metrics(
            loops,
            refresh,
            changes,
            gate,
            admission,
            stores.guards(),
            stores::redisBytes,
            hot::stats,
            clock);
    this.warmUp = new WarmUp(refresh, () -> new Rehearsal(shared));
    listen(shared, loops, metrics);
    refresh.follow();
    hotWatch.start();
    warmUp.start();
  }

  /**
   * Comes up whatever stores are there.
   *
   * @throws StartException when something of this machine is in the way: a port, a folder
   */
  public static Engine start(EngineConfig config, StoresConfig stores) throws StartException {
    return new Engine(config, stores);
  }

  private static Site site(EngineConfig config) throws StartException {
    try {
      return new Site(config.site());
    } catch (UncheckedIOException e) {
      throw new StartException("engine.site " + config.site() + " cannot be served: " + e, e);
    }
  }

  private static HotTier openHot(EngineConfig.Hot config, CompletableFuture<Stores> opening)
      throws StartException {
    try {
      return openHot(config);
    } catch (StartException e) {
      var unused = opening.thenAccept(Stores::close);
      throw e;
    }
  }

  private static Stores opened(CompletableFuture<Stores> opening) {
    try {
      // Opening waits for no store.
      return opening.orTimeout(START_S, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static HotTier openHot(EngineConfig.Hot config) throws StartException {
    try {
      return HotTier.open(
          new HotSettings(
              config.dir(), (int) config.entries(), config.averageBytes(), LARGEST_VALUE));
    } catch (UncheckedIOException e) {
      throw new StartException(e.getMessage() + "; set engine.hotTier.dir to another folder", e);
    }
  }

  /** Opens the hot tier alone, and closes it. */
  static void withMemory(EngineConfig.Hot config, Consumer<Warm.Memory> use) throws StartException {
    try (HotTier hot = openHot(config)) {
      use.accept(memory(hot));
    }
  }

  private static Warm.Memory memory(HotTier hot) {
    return new Warm.Memory() {
      @Override
      public byte @Nullable [] get(byte kind, String key) {
        return hot.find(HotKey.of(kind, key));
      }

      @Override
      public void put(byte kind, String key, byte[] value) {
        var unused = hot.put(kind, HotKey.of(kind, key), value);
      }

      @Override
      public void pin(byte kind, String key, byte[] value) {
        var unused = hot.pin(kind, HotKey.of(kind, key), value);
      }

      @Override
      public void use(byte kind, String key) {
        hot.use(HotKey.of(kind, key));
      }
    };
  }

  private static Refresh.Limits limits(EngineConfig config) {
    return new Refresh.Limits(
        config.heapPages(),
        config.idlePages(),
        LISTING_ENTRIES,
        (int) CARDS,
        config.limits().loads(),
        config.workers());
  }

  private static Vertx vertx(EngineConfig config, Gate gate) {
    VertxOptions options =
        new VertxOptions()
            // One more for the admin port.
            .setEventLoopPoolSize(config.loops() + 1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(2)
            .setMaxEventLoopExecuteTime(SLOW_LOOP_MS)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return Vertx.builder().with(options).withTransport(new GatedTransport(gate)).build();
  }

  /** Several loops share one port, so it must be known before the first of them listens. */
  private static int freePort() throws StartException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartException("no free port: " + e.getMessage(), e);
    }
  }

  private void listen(PublicServer.Shared shared, List<Traffic> loops, Metrics metrics)
      throws StartException {
    EngineConfig.Limits limits = config.limits();
    Certificates certificates = certificates(config.tls());
    PublicServer.Settings settings =
        new PublicServer.Settings(
            config.host(),
            port,
            limits.requestLine(),
            limits.headers(),
            certificates,
            config.accessLogEvery());
    Iterator<Traffic> each = loops.iterator();
    Supplier<PublicServer> publicServer =
        () -> {
          PublicServer server = new PublicServer(settings, shared, each.next());
          servers.add(server);
          return server;
        };
    AdminServer admin =
        new AdminServer(
            config.adminHost(),
            config.adminPort(),
            config.adminToken(),
            refresh,
            metrics,
            drain,
            warmUp::isDone,
            hotWatch::isLow,
            stores.checks());
    Future<String> open =
        vertx.deployVerticle(publicServer, new DeploymentOptions().setInstances(config.loops()));
    Future<String> adminOpen = vertx.deployVerticle(admin);
    await(open, "port " + port, "engine.port");
    await(adminOpen, "admin port " + config.adminPort(), "engine.adminPort");
    this.adminPort = admin.port();
    HttpServer first = servers.get(0).server();
    if (certificates != null && first != null) {
      certificates.follow(vertx, first);
    }
  }

  private @Nullable Certificates certificates(EngineConfig.@Nullable Tls tls)
      throws StartException {
    try {
      return tls == null
          ? null
          : new Certificates(tls.certificate(), tls.key(), CERTIFICATE_CHECK_MS);
    } catch (IOException e) {
      throw failed("engine.tls: " + e.getMessage() + " cannot be read", e);
    }
  }

  private void await(Future<String> deployed, String what, String key) throws StartException {
    try {
      deployed.toCompletionStage().toCompletableFuture().get(START_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("stopped while starting", e);
    } catch (ExecutionException e) {
      String reason = e.getCause() == null ? e.toString() : e.getCause().getMessage();
      throw failed(what + " cannot be used (" + reason + "); stop what uses it or set " + key, e);
    } catch (TimeoutException e) {
      throw failed(what + " does not open within " + START_S + " s", e);
    }
  }

  private StartException failed(String message, Exception cause) {
    close();
    return new StartException(message, cause);
  }

  /** Whether what is needed first is loaded and compiled. */
  boolean isWarm() {
    return warmUp.isDone();
  }

  public int port() {
    return port;
  }

  public int adminPort() {
    return adminPort;
  }

  /** One line for the terminal: where it listens, and what it knows already. */
  public String line() {
    int boards = 0;
    for (var unused : refresh.books().current().boards()) {
      boards++;
    }
    return String.format(
        "podium serve: http://%s:%d admin http://%s:%d loops=%d transport=%s hot=%d entries"
            + " boards=%d java=%s archive=%s",
        config.host(),
        port,
        config.adminHost(),
        adminPort,
        config.loops(),
        vertx.isNativeTransportEnabled() ? "epoll" : "nio",
        hot.stats().entries(),
        boards,
        System.getProperty("java.version"),
        StartArchive.state());
  }

  /**
   * Stops without cutting anyone off: not ready any more, but serving for {@code engine.drain};
   * then streams of changes end, what was begun is finished, and all is closed.
   */
  public void drain() {
    drain.begin();
    try {
      TimeUnit.MILLISECONDS.sleep(config.drain().toMillis());
      changes.stop();
      List<Future<Void>> all =
          servers.stream().map(s -> s.shutdown(Duration.ofSeconds(STOP_S))).toList();
      Future.join(all).toCompletionStage().toCompletableFuture().get(STOP_S + 1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What is not finished by now is cut.
    }
    close();
  }

  @Override
  public void close() {
    warmUp.stop();
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(STOP_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The sockets go with the process.
    }
    refresh.close();
    traces.close();
    stores.close();
    hotWatch.stop();
    hot.close();
  }
}
