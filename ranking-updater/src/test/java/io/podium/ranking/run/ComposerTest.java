package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.core.Ranked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComposerTest {
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

  private static Listing next(Ranked ranked, Instant now, Listing before) {
    return Composer.compose(ranked, now, Optional.of(before), Optional.empty(), 1);
  }

  private static Ranked ranked(Instant at) {
    ListingKey key = new ListingKey("best", Slice.WHOLE_SHOP);
    return new Ranked(key, at, at, "h", null, 0, List.of(), List.of(), List.of());
  }

  @Test
  void whatIsPutBackIsShownFromNowOn_asOfThen() {
    Listing old = Composer.compose(ranked(NINE), NINE, Optional.empty(), Optional.empty(), 1);
    assertThat(old.shownFrom()).isEqualTo(NINE);

    Listing back = next(Holding.ranked(old), NINE.plusSeconds(60), old);
    assertThat(back.asOf()).isEqualTo(NINE);
    assertThat(back.shownFrom()).isEqualTo(NINE.plusSeconds(60));
  }

  @Test
  void noEpochIsShownFromBeforeTheOneBefore() {
    Listing before = Composer.compose(ranked(NINE), NINE, Optional.empty(), Optional.empty(), 1);
    Instant early = NINE.minusSeconds(1);

    assertThat(next(ranked(early), early, before).shownFrom()).isEqualTo(NINE);
  }
}
