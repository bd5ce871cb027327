package io.podium.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.ranking.legacy.Importer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code podium demo}: everything on one machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs everything on this machine, on loopback: two Redis, a Mongo-protocol store, two"
          + " updaters, the read engine, a simulated shop and its storefront.",
      "API key and admin token are 'demo'. Kill any of the processes: it comes back."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 20261122;
  private static final Duration OPENING = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(25);

  @Option(
      names = "--orders",
      paramLabel = "FILE",
      description =
          "Replay an order file (CSV or JSON lines, plain or gzip) instead of the simulated shop,"
              + " into a board over 30 days of the file's own time.")
  private @Nullable Path orders;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "What the columns of --orders mean (default: the online-retail mapping).")
  private @Nullable Path mapping;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Your own boards: the section 'boards' of this file.")
  private @Nullable Path config;

  @Option(names = "--no-traffic", description = "Leave the shop quiet: post events yourself.")
  private boolean noTraffic;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Stop after so long, as 30s or PT5M, with exit status 0.")
  private @Nullable Duration howLong;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description =
          "Port of the storefront and API (default: 8080); the updaters take the next two, admin"
              + " ports are 1000 above each. 0: any free ports.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the data there, and go on with it next time; else it is removed.")
  private @Nullable Path data;

  private final Api api = new Api();
  private @Nullable Faults breaking;
  private final List<AutoCloseable> running = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    CountDownLatch stopped = stopOnSignal();
    try {
      run();
    } catch (InterruptedException e) {
      System.err.println("Stopping ...");
    } finally {
      close();
      stopped.countDown();
    }
    return 0;
  }

  /** Where the launcher found Podium; without it, the folder it was started in. */
  static Path home() {
    return Path.of(System.getProperty("podium.home", ""));
  }

  /** Ctrl-C interrupts the calling thread, and waits until it has counted the latch down. */
  static CountDownLatch stopOnSignal() {
    Thread main = Thread.currentThread();
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              if (stopped.getCount() == 0) {
                return;
              }
              main.interrupt();
              try {
                if (!stopped.await(STOP.toSeconds(), TimeUnit.SECONDS)) {
                  System.err.println("podium: not everything ended in time");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return stopped;
  }

  private void run() throws Exception {
    Path columns =
        mapping != null ? mapping : home().resolve("ranking-updater/mappings/online-retail.yaml");
    if (orders != null) {
      Replay.check(orders, columns);
    }
    Map<String, Object> boards = boards();
    Ports ports = Ports.from(port).check();
    DemoFiles files = keep(DemoFiles.open(data, home().resolve(".podium/demo-" + ports.engine())));
    boolean terminal = Boolean.getBoolean("podium.terminal");
    Summary summary = new Summary(System.out, terminal, ports, api);
    summary.tell("Starting the stores ...");
    Processes.Started started =
        Processes.stores(files, new Processes.StorePorts(0, 0, 0), summary::news);
    Processes processes = keep(started.processes());
    StoreLinks links = keep(new StoreLinks(started.stores()));
    summary.tell("Starting two updaters and the read engine ...");
    int panelPort = OperatorPanel.port(ports.engine() + 3);
    Path site = files.site();
    files.tellSite("operator.json", Map.of("url", OperatorPanel.url(panelPort)));
    Path file = files.writeConfig(DemoConfig.of(links.stores(), ports, boards, files.dir(), site));
    processes.startPodium(files, file, ports, api);
    summary.tell(addresses(ports, started.stores(), files));
    EventPost post = new EventPost(List.of(ports.updaterAUrl(), ports.updaterBUrl()));
    Summary.Sources sources = new Summary.Sources(processes, post, null, null, null);
    if (orders != null) {
      replay(new Replay(ports, api), orders, columns, files, summary);
    } else if (!noTraffic) {
      sources = traffic(sources, ports, files, summary);
    }
    operator(links, ports, panelPort, sources, summary);
    watch(summary, sources);
  }

  private void operator(
      StoreLinks links, Ports ports, int panelPort, Summary.Sources sources, Summary summary)
      throws IOException {
    Faults faults = new Faults(links, sources.processes());
    Fares fares = new Fares(ports.engineAdmin(), sources);
    keep(new OperatorPanel(panelPort, ports.engineUrl(), faults, fares::now));
    summary.tell("  operator       " + OperatorPanel.url(panelPort) + "   (break something)", "");
    breaking = faults;
  }

  private Map<String, Object> boards() throws IOException {
    if (config != null) {
      return DemoConfig.own(config);
    }
    return DemoConfig.shipped(orders != null ? "orders.yaml" : "boards.yaml");
  }

  private static String[] addresses(Ports ports, DemoConfig.Stores stores, DemoFiles files) {
    return new String[] {
      "",
      "  storefront     " + ports.engineUrl() + "/",
      "  API            " + ports.engineUrl() + "/v1/rankings/best-sellers?size=10   (docs: /docs)",
      "  post events    " + ports.updaterAUrl() + "/v1/events   (Authorization: Bearer demo)",
      "                 " + ports.updaterBUrl() + "/v1/events",
      "  progress       " + ports.updaterAUrl() + "/v1/progress",
      "  admin ports    engine %d, updaters %d and %d"
          .formatted(ports.engineAdmin(), ports.adminA(), ports.adminB()),
      "  stores         %s (events)  %s (cache)  %s"
          .formatted(stores.events(), stores.cache(), stores.mongo()),
      "  data and logs  " + files.dir(),
      "",
    };
  }

  private void replay(Replay replay, Path from, Path columns, DemoFiles files, Summary summary)
      throws IOException, InterruptedException {
    summary.tell("Replaying " + from + " ...");
    long start = System.nanoTime();
    Importer.Tally tally = replay.send(from, columns, files.dir().resolve("orders.rejected.jsonl"));
    JsonNode page = replay.settledPage();
    summary.tell(
        "Replay done in %.1f s: %,d rows, %,d orders, %,d cancellations, %,d cards; %,d rows rejected"
            .formatted(
                (System.nanoTime() - start) / 1e9,
                tally.rows(),
                tally.orders(),
                tally.cancellations(),
                tally.cards(),
                tally.rejected()));
    if (page != null) {
      summary.tell("best-sellers as of %s:".formatted(page.path("asOf").asText()));
      summary.tell(Replay.lines(page).toArray(String[]::new));
    }
  }

  private Summary.Sources traffic(
      Summary.Sources idle, Ports ports, DemoFiles files, Summary summary)
      throws IOException, InterruptedException {
    Catalogue catalogue = Catalogue.generate(SEED);
    Shop shop = keep(new Shop(catalogue, idle.post(), System.nanoTime()));
    summary.tell(
        "Opening the shop: %,d products ..."
            .formatted(catalogue.products().size() + catalogue.samples().size()));
    shop.open(!files.isOpened());
    files.markOpened();
    start("shop", shop::run, summary);
    List<String> paths = Readers.paths(catalogue);
    awaitPages(paths, ports);
    Readers readers = keep(new Readers(ports.engineUrl(), paths, System.nanoTime()));
    Freshness freshness =
        keep(new Freshness(ports.engineUrl(), catalogue.samples(), idle.post(), api));
    start("readers", readers::run, summary);
    start("freshness", freshness::run, summary);
    return new Summary.Sources(idle.processes(), idle.post(), shop, readers, freshness);
  }

  /** Categories are known when the ranking has seen their products. */
  private void awaitPages(List<String> paths, Ports ports) throws InterruptedException {
    long deadline = System.nanoTime() + OPENING.toNanos();
    for (String path : paths) {
      while (api.status(ports.engineUrl() + path) != 200 && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static void start(String name, Work work, Summary summary) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                summary.news(name + " stopped: " + e.getMessage());
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(Summary summary, Summary.Sources sources) throws InterruptedException {
    long started = System.nanoTime();
    while (howLong == null || System.nanoTime() - started < howLong.toNanos()) {
      summary.tick(sources);
      if (breaking != null) {
        breaking.tick();
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private <T extends AutoCloseable> T keep(T resource) {
    running.add(resource);
    return resource;
  }

  private void close() throws Exception {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).close();
    }
  }
}
