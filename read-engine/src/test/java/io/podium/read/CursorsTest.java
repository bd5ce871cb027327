package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.Cursors;
import io.podium.read.page.PageSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final ListingKey KEY = new ListingKey("best", Slice.WHOLE_SHOP);
  private static final PageSpec FIRST = PageSpec.first(KEY, 20);
  private final Cursors cursors = new Cursors("k".repeat(16).getBytes(StandardCharsets.UTF_8));

  @Test
  void anyNodeWithTheKeyReadsWhatAnotherMade() {
    long now = 1_700_000_123_456L;
    String cursor =
        cursors.make(new PageSpec(KEY, 20, 4711, 40), Cursors.issue(TTL, FIRST.text(), now));
    Cursors other = new Cursors("k".repeat(16).getBytes(StandardCharsets.UTF_8));
    Cursors.Read read = other.read(cursor, FIRST, TTL, now);
    assertThat(read.verdict()).isEqualTo(Cursors.Verdict.OK);
    assertThat(read.epoch()).isEqualTo(4711);
    assertThat(read.offset()).isEqualTo(40);
    Cursors stranger = new Cursors("x".repeat(16).getBytes(StandardCharsets.UTF_8));
    assertThat(stranger.read(cursor, FIRST, TTL, now).verdict()).isEqualTo(Cursors.Verdict.FORGED);
  }

  @Test
  void isGoodForAtLeastTheTimeItIsPromisedFor() {
    for (long now = 1_700_000_000_000L; now < 1_700_000_120_000L; now += 7_001) {
      long issued = Cursors.issue(TTL, FIRST.text(), now);
      String cursor = cursors.make(new PageSpec(KEY, 20, 1, 20), issued);
      long lastSent = Cursors.renewAt(TTL, issued) - 1;
      assertThat(cursors.read(cursor, FIRST, TTL, lastSent + TTL.toMillis()).verdict())
          .isEqualTo(Cursors.Verdict.OK);
      assertThat(cursors.read(cursor, FIRST, TTL, now + TTL.toMillis() * 12 / 10).verdict())
          .isEqualTo(Cursors.Verdict.EXPIRED);
    }
  }

  @Test
  void theCursorsOfManyPagesAreNotRenewedTogether() {
    long grid = TTL.toMillis() / 10;
    long now = 1_700_000_000_000L;
    int[] tenths = new int[10];
    for (int i = 0; i < 1_000; i++) {
      ListingKey key = new ListingKey("best", Slice.of(Map.of("category", "c" + i)));
      String page = PageSpec.first(key, 20).text();
      long issued = Cursors.issue(TTL, page, now);
      assertThat(now - issued).isBetween(0L, grid - 1);
      assertThat(Cursors.issue(TTL, page, issued + grid - 1)).isEqualTo(issued);
      tenths[(int) (10 * (now - issued) / grid)]++;
    }
    assertThat(tenths).satisfies(t -> Arrays.stream(t).forEach(n -> assertThat(n).isLessThan(200)));
  }

  @Test
  void noOtherBitPatternIsAccepted() {
    String cursor = cursors.make(new PageSpec(KEY, 20, 1, 20), 0);
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String forged = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(cursors.read(forged, FIRST, TTL, 0).verdict()).isEqualTo(Cursors.Verdict.FORGED);
    }
  }
}
