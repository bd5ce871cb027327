package io.podium.read;

import io.podium.fuzz.Jazzer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer on the parsers; for an hour a target:
 *
 * <pre>
 * ./podium test -pl read-engine -am -Dtest=FuzzTest -Dpodium.fuzzSeconds=3600
 * </pre>
 */
class FuzzTest {
  private static final Jazzer JAZZER =
      new Jazzer(
          20_000,
          // Fails on the stripped Unsafe of the library that heads are read with.
          "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer");
  private static final List<String> SEEDS =
      List.of(
          "/v1/rankings/best?category=food+%26+drink&size=20",
          "/v1/rankings/best?size=10&cursor=AQAAAAAAAAPpAAAACgAAAYvP5WgA",
          "http://x/v1/rankings/best?category=beauty%2F%EC%8A%A4",
          "aGET /v1/boards HTTP/1.1\r\nHost: x\r\nX-A: b\r\n\r\nGET / HTTP/1.1\r\n\r\n",
          "aPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.podium.read.http.TargetFuzz",
        "io.podium.read.http.CursorFuzz",
        "io.podium.read.overload.HeadLinesFuzz"
      })
  void nothingUnexpectedComesOut(String target, @TempDir Path dir) throws Exception {
    JAZZER.fuzz(target, SEEDS, dir);
  }
}
