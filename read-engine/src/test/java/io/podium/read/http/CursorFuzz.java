package io.podium.read.http;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.Cursors;
import io.podium.read.page.PageSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Fuzz target: no text but one that was made here is taken for a cursor. See {@code
 * io.podium.read.FuzzTest}.
 */
public final class CursorFuzz {
  private static final Cursors CURSORS =
      new Cursors("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final long NOW = 1_700_000_000_000L;
  private static final PageSpec FIRST =
      PageSpec.first(new ListingKey("best", Slice.WHOLE_SHOP), 20);

  private CursorFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    Cursors.Read read = CURSORS.read(text, FIRST, TTL, NOW);
    if (read.verdict() != Cursors.Verdict.FORGED) {
      PageSpec spec = new PageSpec(FIRST.listing(), FIRST.size(), read.epoch(), read.offset());
      long issued = read.until() - TTL.toMillis() - 2 * TTL.toMillis() / 10;
      if (!CURSORS.make(spec, issued).equals(text)) {
        throw new IllegalStateException(text + " was not made here, and is accepted");
      }
    }
  }
}
