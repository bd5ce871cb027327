package io.podium.bench.peak.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.bench.peak.Second;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisitorsTest {
  private static final int ASKED = 20_000;
  private static final List<String> WARM =
      IntStream.range(0, 500).mapToObj(i -> "/warm/" + i).toList();
  private static final List<String> COLD =
      IntStream.range(0, 10_000).mapToObj(i -> "/cold/" + i).toList();

  @Test
  void mix_isAsItSays() {
    Visitors visitors = new Visitors(7, WARM, COLD);
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      visitors.link("</next/" + i + ">; rel=\"next\"");
      Ask ask = visitors.ask(i);
      visitors.etag(ask, "\"tag\"");
      asks.add(ask);
    }
    assertThat(share(asks, a -> a.path.startsWith("/next/"))).isBetween(5.0, 7.0);
    assertThat(share(asks, a -> a.path.startsWith("/cold/"))).isBetween(1.5, 2.5);
    assertThat(share(asks, a -> a.fresh)).isBetween(1.5, 2.5);
    assertThat(share(asks, a -> !a.gzip)).isBetween(9.0, 11.0);
    assertThat(share(asks, a -> a.etag != null)).isBetween(16.0, 21.0);
  }

  @Test
  void coldPages_areAskedForOnceEach() {
    Visitors visitors = new Visitors(7, WARM, COLD);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < ASKED; i++) {
      String path = visitors.ask(i).path;
      assertThat(path.startsWith("/cold/") && !seen.add(path)).isFalse();
    }
  }

  @Test
  void walkersWithoutANextPage_startAtAPage() {
    Visitors visitors = new Visitors(7, WARM, List.of());
    for (int i = 0; i < 1_000; i++) {
      assertThat(visitors.ask(i).path).startsWith("/warm/");
    }
  }

  @Test
  void whatGotNoAnswerOrAnother_hasFailed() {
    Tally tally = new Tally();
    tally.phase("day", 2);
    for (int status : new int[] {200, 304, 503, 503, 500, 0}) {
      Ask ask = new Ask("/warm/1", true, false, null, 1_000_000);
      ask.status = status;
      ask.retryAfter = tally.seconds().get(1).shed() == 0;
      tally.offered(0, 1);
      if (status != 0) {
        tally.done(0, 1, ask, 3_000_000);
      }
    }
    Second second = tally.seconds().get(1);
    assertThat(second.offered()).isEqualTo(6);
    assertThat(second.answered()).isEqualTo(2);
    assertThat(second.notModified()).isEqualTo(1);
    assertThat(second.shed()).isEqualTo(1);
    assertThat(second.failed()).isEqualTo(3);
    assertThat(second.faults()).isEqualTo("500:1,503:1");
    assertThat(second.micros().getMaxValue()).isBetween(2_000L, 2_001L);
  }

  private static double share(List<Ask> asks, java.util.function.Predicate<Ask> of) {
    return 100.0 * asks.stream().filter(of).count() / asks.size();
  }
}
