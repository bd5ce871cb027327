package io.podium.bench.peak.load;

import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.SessionLimitPolicy;
import io.hyperfoil.api.session.PhaseInstance;
import io.hyperfoil.api.session.Session;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.api.HttpRequest;
import io.hyperfoil.http.api.HttpRequestWriter;
import io.hyperfoil.http.config.ConnectionStrategy;
import io.hyperfoil.http.config.HttpBuilder;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.config.Protocol;
import io.hyperfoil.http.steps.HttpStepCatalog;
import io.podium.bench.peak.Second;
import io.podium.bench.peak.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of Hyperfoil: steps of constant rates, one after the other, open loop. Each visitor is a
 * session that asks once. Latency counts from the moment at which the rate had it start, so that a
 * stall of the server, or of this process, is in all that it delayed.
 *
 * <p>All but {@link #run} is called by Hyperfoil's one event loop.
 */
final class LoadRun {
  /** Two names of one address: connections that are kept, and a new one for each request. */
  private static final String KEEPING = "127.0.0.1";

  private static final String NEW = "localhost";

  private static final int CONNECTIONS = 64;
  private static final int LEAST_SESSIONS = 1_000;
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final long GRACE_MILLIS = 11_000;

  private final int port;
  private final Visitors visitors;
  private final List<Step> steps;
  private final Tally tally = new Tally();
  private final Map<Integer, Ask> asks = new HashMap<>();
  private Runnable began = () -> {};
  private boolean isLimited;
  private int open;
  private final @Nullable Schedule[] schedules;
  private final long startedAt = System.nanoTime();
  private final Instant startedTime = Instant.now();

  LoadRun(int port, Visitors visitors, List<Step> steps) {
    this.port = port;
    this.visitors = visitors;
    this.steps = steps;
    this.schedules = new @Nullable Schedule[steps.size()];
    steps.forEach(s -> tally.phase(s.name(), s.seconds()));
  }

  /** Returns when every request is answered or given up. */
  List<Second> run(Runnable began) {
    this.began = began;
    BenchmarkBuilder benchmark = BenchmarkBuilder.builder().name("peak").threads(1);
    HttpPluginBuilder http = benchmark.addPlugin(HttpPluginBuilder::new);
    server(http.http(), KEEPING).sharedConnections(CONNECTIONS);
    // This client takes no notice of "connection: close": a visitor brings a new one instead.
    http.addHttp(
        server(http.decoupledHttp(), NEW)
            .connectionStrategy(ConnectionStrategy.ALWAYS_NEW)
            .sharedConnections(CONNECTIONS));
    http.ergonomics().autoRangeCheck(false).stopOnInvalid(false);
    long at = 0;
    for (int i = 0; i < steps.size(); i++) {
      phase(benchmark, i, at);
      at += steps.get(i).seconds() * 1_000L;
    }
    new LocalSimulationRunner(benchmark.build()).run();
    if (isLimited) {
      // The server held every session: what could not even be asked is lost as well.
      for (int i = 0; i < steps.size(); i++) {
        tally.scheduled(i, (long) steps.get(i).perSecond() * steps.get(i).seconds());
      }
    }
    return tally.seconds();
  }

  private HttpBuilder server(HttpBuilder http, String host) {
    return http.protocol(Protocol.HTTP)
        .host(host)
        .port(port)
        .allowHttp2(false)
        .requestTimeout(TIMEOUT_MILLIS);
  }

  private void phase(BenchmarkBuilder benchmark, int index, long atMillis) {
    Step step = steps.get(index);
    benchmark
        .addPhase(index + "-" + step.name())
        .constantRate(step.perSecond())
        .variance(false)
        .maxSessions(sessions(step))
        .sessionLimitPolicy(SessionLimitPolicy.CONTINUE)
        .startTime(atMillis)
        .duration(step.seconds() * 1_000L)
        .maxDuration(step.seconds() * 1_000L + GRACE_MILLIS)
        .scenario()
        .initialSequence("visit")
        .step(
            session -> {
              begin(session, index);
              return true;
            })
        .step(HttpStepCatalog.SC)
        .httpRequest(HttpMethod.GET)
        .authority(session -> (ask(session).fresh ? NEW : KEEPING) + ":" + port)
        .path(session -> ask(session).path)
        .headerAppender(this::headers)
        .handler()
        .status((request, status) -> ask(request.session).status = status)
        .header(this::header)
        .onCompletion(session -> end(session, index))
        .endHandler()
        .endStep()
        .endSequence();
  }

  /** As many visitors as come in a second can wait at once; whoever comes then is lost. */
  private static int sessions(Step step) {
    return Math.max(LEAST_SESSIONS, step.perSecond());
  }

  private Ask ask(Session session) {
    Ask ask = asks.get(session.uniqueId());
    if (ask == null) {
      throw new IllegalStateException("no visitor in this session");
    }
    return ask;
  }

  private void begin(Session session, int index) {
    Schedule schedule = schedules[index];
    if (schedule == null) {
      if (index == 0) {
        began.run();
      }
      long start = startedAt + nanosUntil(session.phase());
      schedule = new Schedule(start, steps.get(index).perSecond());
      schedules[index] = schedule;
    }
    long due = schedule.next(System.nanoTime());
    isLimited |= ++open >= sessions(steps.get(index));
    asks.put(session.uniqueId(), visitors.ask(due));
    tally.offered(index, second(index, due));
  }

  private long nanosUntil(PhaseInstance phase) {
    return Duration.between(startedTime, Instant.ofEpochMilli(phase.absoluteStartTime())).toNanos();
  }

  private void headers(Session session, HttpRequestWriter writer) {
    Ask ask = ask(session);
    writer.putHeader("Accept-Encoding", ask.gzip ? "gzip" : "identity");
    if (ask.etag != null) {
      writer.putHeader("If-None-Match", ask.etag);
    }
  }

  private void header(HttpRequest request, CharSequence name, CharSequence value) {
    Ask ask = ask(request.session);
    String text = name.toString();
    if (text.equalsIgnoreCase("etag")) {
      visitors.etag(ask, value.toString());
    } else if (text.equalsIgnoreCase("link")) {
      visitors.link(value.toString());
    } else if (text.equalsIgnoreCase("retry-after")) {
      ask.retryAfter = true;
    }
  }

  private void end(Session session, int index) {
    Ask ask = ask(session);
    if (!ask.over) {
      ask.over = true;
      open--;
      tally.done(index, second(index, ask.due), ask, System.nanoTime());
    }
  }

  private int second(int index, long due) {
    Schedule schedule = schedules[index];
    int second = schedule == null ? 0 : schedule.second(due);
    return Math.min(second, steps.get(index).seconds() - 1);
  }
}
