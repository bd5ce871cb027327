package io.podium.read.hit;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.Bodies;
import io.podium.read.page.Encoding;
import io.podium.read.page.Page;
import io.podium.read.page.PageSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesInPlaceTest {
  private static final ListingKey KEY = new ListingKey("best", Slice.WHOLE_SHOP);
  private static final PageSpec SPEC = PageSpec.first(KEY, 10);

  private final Pages pages = new Pages(1 << 20, Duration.ofMinutes(1), Runnable::run);
  private final Pulse pulse = new Pulse();

  private static Page page(long epoch, List<String> products) {
    Page.Head head =
        new Page.Head(
            SPEC.text(), KEY, epoch, false, products, null, Long.MAX_VALUE, 1, "public", 0, 0);
    byte[] body = "{\"a\":\"%s\"}".formatted("a".repeat(200)).getBytes(StandardCharsets.UTF_8);
    return new Page(head, new Bodies(body, null, null), "tag");
  }

  @Test
  void aPageIsFoundByTheProductsThatItShowsNow() {
    Held held = pages.put(SPEC, page(1, List.of("A", "B")), pulse, 1);
    assertThat(pages.put(SPEC, page(2, List.of("A", "B")), pulse, 1)).isSameAs(held);
    assertThat(pages.showing("A")).containsExactly(held);
    assertThat(pages.put(SPEC, page(3, List.of("B", "C")), pulse, 1)).isSameAs(held);
    assertThat(pages.showing("A")).isEmpty();
    assertThat(pages.showing("B")).containsExactly(held);
    assertThat(pages.showing("C")).containsExactly(held);
    pages.put(SPEC, page(2, List.of("A")), pulse, 1);
    assertThat(pages.showing("A")).isEmpty();
    pages.drop(held);
    assertThat(pages.showing("C")).isEmpty();
    assertThat(pages.of(KEY)).isEmpty();
  }

  @Test
  void aCodingIsAddedOnlyToThePageThatItWasMadeOf() {
    Page first = page(1, List.of("A"));
    Held held = pages.put(SPEC, first, pulse, 1);
    Page more = first.with(Encoding.GZIP);
    Page next = page(2, List.of("A"));
    pages.refine(held, first, more);
    assertThat(held.page()).isSameAs(more);
    pages.put(SPEC, next, pulse, 1);
    pages.refine(held, more, more.with(Encoding.BROTLI));
    assertThat(held.page()).isSameAs(next);
  }

  @Test
  void whatNobodyAskedForLatelyIsNotMadeAhead() {
    Held held = pages.put(SPEC, page(1, List.of("A")), pulse, 1);
    assertThat(held.lately(100_000)).isEmpty();
    held.asks(Encoding.GZIP);
    assertThat(held.lately(101_000)).containsExactly(Encoding.GZIP);
    assertThat(held.lately(111_000)).containsExactly(Encoding.GZIP);
    held.asks(Encoding.BROTLI);
    assertThat(held.lately(112_000)).containsExactly(Encoding.BROTLI, Encoding.GZIP);
    assertThat(held.lately(122_000)).containsExactly(Encoding.BROTLI);
    assertThat(held.lately(133_000)).isEmpty();
  }
}
