package io.podium.read.hit;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.BoardBook;
import io.podium.read.page.PageSpec;
import io.podium.store.hot.HotTier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotPagesTest {
  private static final PageSpec SPEC = PageSpec.first(new ListingKey("best", Slice.WHOLE_SHOP), 10);

  @ParameterizedTest
  @CsvSource({
    HotTier.MISSING + ",false",
    HotTier.CORRUPT + ",false",
    HotTier.BUSY + ",true",
    HotTier.TOO_LARGE + ",true"
  })
  void pageThatCannotBeSentFromHereIsOnlyShedWhenItIsNotKept(int read, boolean kept) {
    HotPages pages = new HotPages((key, into) -> read, new Unchanged());
    Meaning meaning =
        new Meaning(SPEC, SPEC.text(), new byte[16], new Pulse(), BoardBook.EMPTY, Long.MAX_VALUE);
    assertThat(pages.find(meaning, 1)).isFalse();
    assertThat(pages.isKept()).isEqualTo(kept);
  }

  private static final class Unchanged implements HotPages.Changes {
    @Override
    public long run() {
      return 1;
    }

    @Override
    public long era() {
      return 1;
    }

    @Override
    public boolean isInTouch() {
      return true;
    }

    @Override
    public boolean changedSince(long moment, int name) {
      return false;
    }

    @Override
    public void promote(Meaning meaning) {}
  }
}
