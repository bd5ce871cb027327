package io.podium.read.refresh;

import io.podium.card.Card;
import io.podium.codec.BoardsCodec;
import io.podium.codec.CardCodec;
import io.podium.codec.KeyText;
import io.podium.codec.ListingCodec;
import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.read.hit.Pages;
import io.podium.read.page.Freshness;
import io.podium.read.page.Page;
import io.podium.read.page.PageCodec;
import io.podium.store.StoreException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What survives the process: boards, listings, cards and pages in the hot tier. A value that cannot
 * be read, or was written by a version that this one is too old for, is counted and taken as
 * absent; what comes from the stores takes its place. Not for event loops.
 */
public final class Warm {
  /** Bytes by kind and key; the hot tier. */
  public interface Memory {
    byte @Nullable [] get(byte kind, String key);

    /** Keeps the value if there is room; never fails. */
    void put(byte kind, String key, byte[] value);

    /** As {@link #put}, and the value makes no room for others. */
    default void pin(byte kind, String key, byte[] value) {
      put(kind, key, value);
    }

    /** The value is in use although it is not read here, and rather makes no room for others. */
    default void use(byte kind, String key) {}
  }

  private static final byte BOARDS = 'B';
  private static final byte LISTING = 'L';
  private static final byte CARD = 'C';

  /** Kind of a page; its key is that of {@link io.podium.read.page.PageSpec#text}. */
  public static final byte PAGE = 'P';

  private final Memory memory;
  private final LongAdder unreadable = new LongAdder();

  public Warm(Memory memory) {
    this.memory = memory;
  }

  Boards boards() {
    Boards boards = read(BOARDS, "boards", BoardsCodec::decode);
    return boards == null ? Boards.NONE : boards;
  }

  public void keep(Boards boards) {
    memory.pin(BOARDS, "boards", BoardsCodec.encode(boards));
  }

  /**
   * What is held on the heap is read there: without this it would look like the least used here,
   * and be gone when the process is killed. One hash for each page, listing and product held.
   */
  void use(Pages pages) {
    pages.all().forEach(held -> memory.use(PAGE, held.text()));
    pages.listings().forEach(key -> memory.use(LISTING, KeyText.write(key)));
    pages.products().forEach(id -> memory.use(CARD, id));
  }

  @Nullable Listing listing(ListingKey key) {
    return read(LISTING, KeyText.write(key), ListingCodec::decode);
  }

  public void keep(Listing listing) {
    memory.put(LISTING, KeyText.write(listing.key()), ListingCodec.encode(listing));
  }

  @Nullable Card card(String productId) {
    return read(CARD, productId, CardCodec::decode);
  }

  public void keep(Card card) {
    memory.put(CARD, card.productId(), CardCodec.encode(card));
  }

  PageCodec.@Nullable Kept page(String text) {
    return read(PAGE, text, bytes -> PageCodec.read(bytes, text));
  }

  public void keep(Page page, Freshness fresh) {
    memory.put(PAGE, page.text(), PageCodec.write(page, fresh));
  }

  /** Values that were whole, but could not be read. */
  public long unreadable() {
    return unreadable.sum();
  }

  private <T> @Nullable T read(byte kind, String key, Function<byte[], @Nullable T> decode) {
    byte[] bytes = memory.get(kind, key);
    if (bytes == null) {
      return null;
    }
    try {
      return decode.apply(bytes);
    } catch (StoreException e) {
      unreadable.increment();
      return null;
    }
  }
}
