package io.podium.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  private static final Set<String> TOP = Set.of("stores", "boards", "engine", "updater");

  @TempDir Path dir;

  private Section load(String yaml, Map<String, String> env, Map<String, String> flags)
      throws Exception {
    Path file = Files.writeString(dir.resolve("podium.yaml"), yaml);
    return Config.load(file, env, flags, TOP);
  }

  @Test
  void flagsGoBeforeTheEnvironmentBeforeTheFileBeforeDefaults() throws Exception {
    Section engine =
        load(
                "engine: {a: 1, b: 1, c: 1}",
                Map.of("PODIUM_ENGINE_B", "2", "PODIUM_ENGINE_C", "2"),
                Map.of("engine.c", "3"))
            .section("engine");
    assertThat(engine.integer("a", 0, 0, 9)).isEqualTo(1);
    assertThat(engine.integer("b", 0, 0, 9)).isEqualTo(2);
    assertThat(engine.integer("c", 0, 0, 9)).isEqualTo(3);
    assertThat(engine.integer("d", 7, 0, 9)).isEqualTo(7);
  }

  @Test
  void aVariableMatchesACamelCaseKeyOfANamedSection() throws Exception {
    Section root =
        load(
            "boards: {best-sellers: {score: units}}",
            Map.of("PODIUM_BOARDS_BEST_SELLERS_PUBLISHEVERY", "PT0.1S"),
            Map.of());
    Section boards = root.section("boards");
    assertThat(boards.keys()).containsExactly("best-sellers");
    Section board = boards.section("best-sellers");
    assertThat(board.duration("publishEvery", Duration.ofSeconds(1), Duration.ZERO, hour()))
        .isEqualTo(Duration.ofMillis(100));
    assertThat(board.text("score", "")).isEqualTo("units");
    board.done();
    root.done();
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestKnownOne() throws Exception {
    Section engine = load("engine: {prot: 1}", Map.of(), Map.of()).section("engine");
    engine.integer("port", 8080, 0, 65535);
    assertThatThrownBy(engine::done)
        .isInstanceOf(ConfigException.class)
        .hasMessage("engine.prot: no such key; did you mean port?; known: port");
  }

  @Test
  void anUnknownTopLevelNameIsRefused() throws Exception {
    Section root = load("bords: {}", Map.of(), Map.of());
    assertThatThrownBy(root::done).hasMessageContaining("bords").hasMessageContaining("boards?");
  }

  @Test
  void aVariableThatMatchesNothingIsRefusedUnlessItIsForAnotherProcess() throws Exception {
    Map<String, String> env =
        Map.of("PODIUM_HOME", "/x", "PODIUM_UPDATER_PORT", "1", "PODIUM_ENGINE_PROT", "1");
    Section root = load("", env, Map.of());
    root.section("engine").integer("port", 1, 0, 9);
    assertThatThrownBy(root::done)
        .hasMessageContaining("PODIUM_ENGINE_PROT")
        .hasMessageContaining("PODIUM_ENGINE_PORT");
  }

  @Test
  void aBadValueIsToldWithKeyValueAndWhatIsAllowed() throws Exception {
    Section engine =
        load("engine: {port: 70000, step: soon}", Map.of("PODIUM_ENGINE_MODE", "x"), Map.of())
            .section("engine");
    assertThatThrownBy(() -> engine.integer("port", 0, 0, 65535))
        .hasMessage("engine.port: 70000 is not allowed; allowed: a whole number from 0 to 65535");
    assertThatThrownBy(() -> engine.duration("step", hour(), Duration.ZERO, hour()))
        .hasMessageContaining("engine.step: \"soon\"")
        .hasMessageContaining("ISO 8601");
    assertThatThrownBy(() -> engine.oneOf("mode", "a", "a", "b"))
        .hasMessage("engine.mode (PODIUM_ENGINE_MODE): \"x\" is not allowed; allowed: a, b");
    assertThatThrownBy(() -> engine.section("port")).hasMessageContaining("section");
  }

  @Test
  void secretsAreNotPrintedAndAMessageIsOneLine() throws Exception {
    Section engine =
        load("engine: {token: [hunter2], uri: \"redis://u:hunter2@h\\nx\"}", Map.of(), Map.of())
            .section("engine");
    assertThat(engine.refuse("token", "a text").getMessage()).doesNotContain("hunter2");
    assertThat(engine.refuse("uri", "x").getMessage())
        .doesNotContain("hunter2")
        .doesNotContain("\n");
  }

  @Test
  void duplicateKeysAliasesAndBrokenYamlAreRefusedInOneLine() {
    for (String yaml : List.of("a: 1\na: 2", "a: &x 1\nb: *x", "a: [1", "- 1", "a: 1\n---\nb: 2")) {
      assertThatThrownBy(() -> Config.parse(yaml, "boards.yaml"))
          .isInstanceOf(ConfigException.class)
          .satisfies(e -> assertThat(e.getMessage()).startsWith("boards.yaml").hasLineCount(1));
    }
  }

  @Test
  void aMissingFileIsToldWithTheRemedy() {
    assertThatThrownBy(() -> Config.load(dir.resolve("no.yaml"), Map.of(), Map.of(), TOP))
        .hasMessageContaining("no such file; name another with --config");
  }

  @Test
  void everyShapeIsReadable() {
    Section s =
        Config.parse(
            "{\"n\":1.50,\"t\":\"판매 랭킹\",\"l\":[a, 2],\"m\":{\"x\":10},\"z\":[[],[category]]}",
            "x");
    assertThat(s.raw("n")).isEqualTo(new BigDecimal("1.50"));
    assertThat(s.text("t", "")).isEqualTo("판매 랭킹");
    assertThat(s.texts("l", List.of())).containsExactly("a", "2");
    assertThat(s.section("m").raw("x")).isEqualTo(10);
    assertThat(s.raw("z")).isEqualTo(List.of(List.of(), List.of("category")));
    s.done();
  }

  @Test
  void storesHaveDefaultsAndRefuseForeignUris() throws Exception {
    assertThat(StoresConfig.from(load("", Map.of(), Map.of())).database()).isEqualTo("podium");
    Map<String, String> env = Map.of("PODIUM_STORES_CACHE_URI", "redis-sentinel://a:1,b:2?x=m");
    Section root = load("stores: {events: {uri: 'redis://h:1'}}", env, Map.of());
    StoresConfig config = StoresConfig.from(root);
    root.done();
    assertThat(config.cache()).isEqualTo("redis-sentinel://a:1,b:2?x=m");
    assertThat(config.events()).isEqualTo("redis://h:1");
    assertThatThrownBy(
            () -> StoresConfig.from(load("", Map.of(), Map.of("stores.mongo.uri", "http://x"))))
        .hasMessageContaining("stores.mongo.uri: \"http://x\"");
  }

  @Test
  void onlyTheCacheRoleMayBeACluster_andGuardsAreChecked() throws Exception {
    Map<String, String> cluster = Map.of("stores.cache.uri", "redis-cluster://a:1,b:2");
    assertThat(StoresConfig.from(load("", Map.of(), cluster)).cache()).contains("cluster");
    assertRefused("stores.events.uri", "redis-cluster://a:1,b:2");
    assertRefused("stores.redis.readFrom", "anywhere");
    assertRefused("stores.redis.caFile", "no/such/file.pem");
    assertRefused("stores.mongo.caFile", "no/such/file.pem");
    assertRefused("stores.guards.failurePercent", "101");
    assertRefused("stores.guards.minimum", "51");
    Map<String, String> set =
        Map.of("stores.redis.readFrom", "replica", "stores.guards.calls", "7");
    StoresConfig config = StoresConfig.from(load("", Map.of(), set));
    assertThat(config.redis().fromReplicas()).isTrue();
    assertThat(config.guards().calls()).isEqualTo(7);
  }

  private void assertRefused(String key, String value) {
    assertThatThrownBy(() -> StoresConfig.from(load("", Map.of(), Map.of(key, value))))
        .hasMessageContaining(key + ": \"" + value + "\"");
  }

  private static Duration hour() {
    return Duration.ofHours(1);
  }
}
