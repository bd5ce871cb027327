package io.podium.read.http;

import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.read.page.BoardBook;
import io.podium.read.page.Cursors;
import io.podium.read.page.PageSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Fuzz target: any request target is a page that can be named again, or a refusal; nothing else
 * comes out. See {@code io.podium.read.FuzzTest}.
 */
public final class TargetFuzz {
  private static final long NOW = 1_700_000_000_000L;
  private static final Cursors CURSORS =
      new Cursors("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final PageRequests REQUESTS = new PageRequests(CURSORS);
  private static final BoardBook BOOK =
      new BoardBook(
          new Boards(
              1,
              List.of(
                  new BoardInfo(
                      "best",
                      Map.of(),
                      List.of(List.of(), List.of("category")),
                      100,
                      Duration.ofSeconds(1),
                      true,
                      0,
                      false,
                      Duration.ofMinutes(10),
                      Duration.ofHours(1),
                      Map.of("category", List.of("beauty/스킨케어", "food & drink", "60+"))))));

  private TargetFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    String uri = new String(data, StandardCharsets.ISO_8859_1);
    try {
      Target target = Target.parse(uri);
      if (target.path().size() < 3) {
        return;
      }
      PageRequests.PageRequest asked = REQUESTS.page(target, BOOK, NOW);
      PageSpec spec = asked.spec();
      PageSpec again =
          REQUESTS
              .page(
                  Target.parse(
                      spec.epoch() == 0
                          ? spec.firstPage()
                          : spec.target(
                              CURSORS.make(
                                  spec, Cursors.issue(Duration.ofMinutes(10), spec.text(), NOW)))),
                  BOOK,
                  NOW)
              .spec();
      if (!again.equals(spec)) {
        throw new IllegalStateException(uri + " means " + spec + ", and named again " + again);
      }
    } catch (Refusal refusal) {
      // What it is there for.
    }
  }
}
