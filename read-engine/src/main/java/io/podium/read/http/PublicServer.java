package io.podium.read.http;

import io.netty.channel.Channel;
import io.podium.read.hit.Cors;
import io.podium.read.hit.Front;
import io.podium.read.hit.HeadWriter;
import io.podium.read.hit.HitHandler;
import io.podium.read.hit.HitLane;
import io.podium.read.hit.HotPages;
import io.podium.read.hit.PageWriter;
import io.podium.read.hit.Pages;
import io.podium.read.hit.Shedding;
import io.podium.read.hit.Traffic;
import io.podium.read.overload.Admission;
import io.podium.read.overload.Drain;
import io.podium.read.overload.Http2Streams;
import io.podium.read.page.Cursors;
import io.podium.read.refresh.Refresh;
import io.podium.read.tls.Certificates;
import io.podium.trace.Traces;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The public port on one event loop; deploy one per loop, they share the socket. */
public final class PublicServer extends VerticleBase {
  /**
   * @param line bytes of a request line at most
   * @param headers bytes of a request's headers at most
   * @param certificates null: in clear text
   * @param logEvery one request in so many goes to the access log; 0: none
   */
  public record Settings(
      String host,
      int port,
      int line,
      int headers,
      @Nullable Certificates certificates,
      int logEvery) {}

  /** What all loops share. */
  public record Shared(
      Refresh refresh,
      HotPages.Source hot,
      Cursors cursors,
      Changes changes,
      Cors cors,
      Site site,
      Admission admission,
      Traces traces,
      Drain drain,
      Clock clock) {}

  private static final int FRONT = 4096;
  private static final long STREAMS = 100;
  private static final int RESETS = 200;

  private final Settings settings;
  private final Shared shared;
  private final Traffic traffic;
  private final SmallLoads loads;
  private @Nullable HttpServer server;

  public PublicServer(Settings settings, Shared shared, Traffic traffic) {
    this.settings = settings;
    this.shared = shared;
    this.traffic = traffic;
    this.loads = new SmallLoads(shared.refresh().workers(), shared.admission());
  }

  @Override
  public Future<?> start() {
    PageWriter writer = new PageWriter(shared.clock(), traffic, shared.cors());
    Answers answers = new Answers(writer, traffic, shared.cors());
    Front front = new Front(FRONT);
    PageTargets targets = new PageTargets(shared.refresh().books(), shared.cursors());
    Pages pages = shared.refresh().pages();
    HitHandler hits = new HitHandler(front, targets, pages, writer, routes(writer, answers));
    AccessLog log = new AccessLog(settings.logEvery());
    MissLoads misses =
        new MissLoads(
            shared.refresh().books(), shared.refresh().loader(), loads, shared.admission());
    HitLane lane = lane(shared, traffic, front, targets, log, misses);
    HttpServer http = vertx.createHttpServer(options());
    http.requestHandler(new Entrance(hits, answers, shared.drain(), log));
    http.invalidRequestHandler(request -> BadRequests.answer(request, answers));
    http.connectionHandler(
        connection -> {
          Channel channel = ((HttpServerConnection) connection).channelHandlerContext().channel();
          lane.attach(channel);
          Http2Streams.attach(channel);
        });
    http.exceptionHandler(failure -> {}); // clients that break off are no news
    this.server = http;
    return http.listen();
  }

  /**
   * A lane with a memory of its own.
   *
   * @param misses what it asks about pages that are not held
   */
  static HitLane lane(Shared shared, Traffic traffic, Shedding.Loads misses) {
    PageTargets targets = new PageTargets(shared.refresh().books(), shared.cursors());
    return lane(shared, traffic, new Front(FRONT), targets, new AccessLog(0), misses);
  }

  private static HitLane lane(
      Shared shared,
      Traffic traffic,
      Front front,
      PageTargets targets,
      AccessLog log,
      Shedding.Loads misses) {
    return new HitLane(
        new LaneDoor(shared.drain(), log),
        front,
        targets,
        shared.refresh().pages(),
        new HotPages(shared.hot(), shared.refresh().changes()),
        new HeadWriter(shared.clock(), traffic, shared.cors()),
        Answers.shedding(misses, traffic, shared.cors()),
        traffic);
  }

  private Routes routes(PageWriter writer, Answers answers) {
    Refresh refresh = shared.refresh();
    LoadedAnswers loaded =
        new LoadedAnswers(vertx, answers, loads, shared.traces(), refresh.changes()::isInTouch);
    return new Routes(
        refresh.books(),
        answers,
        shared.cors(),
        shared.site(),
        new PageRoute(
            vertx,
            new PageRequests(shared.cursors()),
            refresh.pages(),
            refresh.loader(),
            shared.admission(),
            shared.traces(),
            writer,
            answers),
        new BoardsRoute(answers),
        new ExplainRoute(refresh.listings(), refresh.cards(), loaded),
        new ProductRoute(refresh.listings(), refresh.cards(), loaded),
        new ChangesRoute(
            vertx,
            refresh.listings(),
            shared.changes(),
            shared.admission(),
            answers,
            traffic,
            shared.cors()));
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.host())
            .setPort(settings.port())
            .setMaxInitialLineLength(settings.line())
            .setMaxHeaderSize(settings.headers())
            .setMaxFormFields(0)
            .setTcpNoDelay(true)
            .setHandle100ContinueAutomatically(false)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(STREAMS)
                    .setMaxHeaderListSize(settings.headers()))
            .setHttp2RstFloodMaxRstFramePerWindow(RESETS)
            .setHttp2RstFloodWindowDuration(30);
    Certificates certificates = settings.certificates();
    if (certificates != null) {
      options.setSsl(true).setUseAlpn(true).setKeyCertOptions(certificates.options());
    }
    return options;
  }

  /** Takes no more connections, finishes what was begun, and closes what is idle. */
  public Future<Void> shutdown(Duration within) {
    HttpServer http = server;
    return http == null
        ? Future.succeededFuture()
        : http.shutdown(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The server, for its certificate. */
  public @Nullable HttpServer server() {
    return server;
  }

  /** The port that is listened on; the one that was free when 0 was configured. */
  public int port() {
    HttpServer http = server;
    return http == null ? 0 : http.actualPort();
  }
}
