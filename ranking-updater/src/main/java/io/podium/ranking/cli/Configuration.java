package io.podium.ranking.cli;

import io.podium.config.Config;
import io.podium.config.Section;
import io.podium.config.StoresConfig;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.run.UpdaterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options and the configuration that the commands beside the stores share. */
public final class Configuration {
  private static final Set<String> TOP_LEVEL = Set.of("stores", "updater", "engine", "boards");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration (default: podium.yaml here, when there is one).")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key over file and environment, as updater.port=8082; repeatable.")
  private Map<String, String> set = new LinkedHashMap<>();

  /** The sections that an updater reads, validated. */
  record Loaded(UpdaterConfig updater, StoresConfig stores, List<Board> boards) {}

  /**
   * @throws io.podium.config.ConfigException for a key or value that is not allowed
   */
  Loaded load() {
    Section root = Config.load(path(), System.getenv(), set, TOP_LEVEL);
    Loaded loaded =
        new Loaded(
            UpdaterConfig.from(root.section("updater")),
            StoresConfig.from(root),
            BoardParser.parse(root.section("boards")));
    root.done();
    if (loaded.boards.isEmpty()) {
      throw new CommandException(
          "no boards: define at least one under boards: in the configuration");
    }
    return loaded;
  }

  private @Nullable Path path() {
    if (file != null) {
      if (!Files.isReadable(file)) {
        throw new CommandException(file + " cannot be read; name the configuration with --config");
      }
      return file;
    }
    Path here = Path.of("podium.yaml");
    return Files.isReadable(here) ? here : null;
  }
}
