package io.podium.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.config.Config;
import io.podium.config.Section;
import io.podium.config.StoresConfig;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.run.UpdaterConfig;
import io.podium.read.EngineConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferenceConfigTest {
  private static final Set<String> TOP = Set.of("stores", "updater", "engine", "boards");

  @Test
  void theReferenceFileIsAcceptedAndShowsTheDefaults() {
    Section root = Config.load(Path.of("..", "podium.yaml"), Map.of(), Map.of(), TOP);
    Section none = Config.load(null, Map.of(), Map.of(), TOP);
    assertThat(StoresConfig.from(root)).isEqualTo(StoresConfig.from(none));
    assertThat(EngineConfig.from(root)).isEqualTo(EngineConfig.from(none));
    assertThat(UpdaterConfig.from(root.section("updater")).keys()).isNotEmpty();
    assertThat(BoardParser.parse(root.section("boards"))).hasSize(2);
    root.done();
  }
}
