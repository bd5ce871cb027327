package io.podium.demo;

import io.podium.backends.FreePorts;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code podium backends}: the stores alone. */
@Command(
    name = "backends",
    mixinStandardHelpOptions = true,
    description = {
      "Runs Redis in its two roles and the Mongo-protocol store on loopback, for local work.",
      "A redis-server on the PATH is preferred; else the one that comes along is used."
    })
public final class BackendsCommand implements Callable<Integer> {
  @Option(names = "--events-port", defaultValue = "6379", description = "Default: 6379.")
  private int events;

  @Option(names = "--cache-port", defaultValue = "6380", description = "Default: 6380.")
  private int cache;

  @Option(names = "--mongo-port", defaultValue = "27017", description = "Default: 27017.")
  private int mongo;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the data there; without it, it is removed at the end.")
  private @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    for (Map.Entry<String, Integer> e :
        Map.of("--events-port", events, "--cache-port", cache, "--mongo-port", mongo).entrySet()) {
      if (e.getValue() != 0 && !FreePorts.isFree(e.getValue())) {
        throw new DemoException(
            "port %d is taken: end what listens there, or take another one: %s PORT"
                .formatted(e.getValue(), e.getKey()));
      }
    }
    CountDownLatch stopped = DemoCommand.stopOnSignal();
    try (DemoFiles files = DemoFiles.open(data, DemoCommand.home().resolve(".podium/backends"));
        Processes.Started started =
            Processes.stores(
                files, new Processes.StorePorts(events, cache, mongo), BackendsCommand::tell)) {
      System.out.printf(
          "stores.events.uri: %s%nstores.cache.uri:  %s%nstores.mongo.uri:  %s%n",
          started.stores().events(), started.stores().cache(), started.stores().mongo());
      System.out.println("Press Ctrl-C to stop.");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      System.err.println("Stopping ...");
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private static void tell(String line) {
    System.err.println(line);
  }
}
