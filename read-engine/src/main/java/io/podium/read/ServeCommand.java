package io.podium.read;

import io.podium.config.Config;
import io.podium.config.ConfigException;
import io.podium.config.Section;
import io.podium.config.StoresConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the public pages until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the read engine: public pages, and the admin port.")
final class ServeCommand implements Callable<Integer> {
  private static final Set<String> SECTIONS = Set.of("stores", "updater", "engine", "boards");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file; without it the defaults hold.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key, as in --set engine.port=8090; can be repeated.")
  private Map<String, String> flags = new TreeMap<>();

  @Option(
      names = "--with-parent",
      hidden = true,
      description = "Stops when standard input ends, that is when the starting process is gone.")
  private boolean withParent;

  /** Each of these is false when it was said before. */
  boolean configure(Path file) {
    boolean first = config == null;
    config = file;
    return first;
  }

  boolean set(String key, String value) {
    return flags.put(key, value) == null;
  }

  boolean stopWithParent() {
    boolean first = !withParent;
    withParent = true;
    return first;
  }

  @Override
  public Integer call() throws Exception {
    Engine engine;
    try {
      Section root = Config.load(config, System.getenv(), flags, SECTIONS);
      EngineConfig own = EngineConfig.from(root);
      StoresConfig stores = StoresConfig.from(root);
      root.done();
      HeadStart.awaitLog();
      engine = Engine.start(own, stores);
    } catch (ConfigException | StartException e) {
      System.err.println("podium serve: " + e.getMessage());
      return 1;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  engine.drain();
                  stopped.countDown();
                },
                "podium-stop"));
    System.out.println(engine.line());
    if (withParent) {
      while (System.in.read() >= 0) {
        // Whatever comes is no news; only the end is.
      }
      return 0;
    }
    stopped.await();
    return 0;
  }
}
