package io.podium.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class JmhMainTest {
  private static final List<String> HOT =
      List.of(
          "HotLookup.lookup",
          "PageEncoding.encode",
          "ApplyEvent.apply",
          "Deduplicate.repeat",
          "RankBoard.rank",
          "MergeParts.merge",
          "CheckpointState.save",
          "CheckpointState.restore",
          "DecodeEvent.decode");

  private final Set<BenchmarkListEntry> built =
      BenchmarkList.defaultList()
          .getAll(
              OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());

  @Test
  void everyHotOperation_isInTheJar() {
    assertThat(built)
        .extracting(b -> b.getUsername().replaceFirst(".*\\.(?=[A-Z])", ""))
        .containsExactlyInAnyOrderElementsOf(HOT);
  }

  @Test
  void rejectedDesigns_areParametersOfTheSameRun() {
    Set<String> designs = new HashSet<>();
    built.forEach(
        b ->
            designs.addAll(
                List.of(b.getParams().orElse(Map.of()).getOrDefault("design", new String[0]))));
    assertThat(designs)
        .contains("concurrentHashMap", "caffeine", "offHeap", "pipelinedZincrby", "spaceSaving");
  }

  @Test
  void everyOperation_isTimedInTwoForks() {
    assertThat(built).allSatisfy(b -> assertThat(b.getForks().get()).isEqualTo(2));
  }

  @Test
  void expressionThatMatchesNothing_isExitStatusOne() throws IOException {
    assertThat(JmhMain.run(new String[] {"NoSuchOperation"})).isOne();
  }
}
