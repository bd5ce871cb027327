package io.podium.store.redis;

import io.lettuce.core.StreamMessage;
import io.podium.codec.DeltaCodec;
import io.podium.codec.ListingCodec;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Listings from the entries of a history: whole ones and differences from the one before. */
final class RedisHistory {
  private static final String WHOLE = "f";
  private static final String DIFFERENCE = "d";

  private RedisHistory() {}

  /**
   * @param links kind, bytes, kind, bytes, …: newest first, the last one whole; or nothing
   */
  static Optional<Listing> newest(ListingKey key, List<byte[]> links) {
    Listing listing = null;
    for (int i = links.size() - 2; i >= 0; i -= 2) {
      listing = next(key, listing, links.get(i), links.get(i + 1));
    }
    return Optional.ofNullable(listing);
  }

  /**
   * @param links how many to leave out, then kind, bytes, …: oldest first
   */
  static List<Listing> all(ListingKey key, List<byte[]> links) {
    int leaveOut = Integer.parseInt(text(links.get(0)));
    List<Listing> listings = new ArrayList<>();
    Listing listing = null;
    for (int i = 1; i < links.size(); i += 2) {
      listing = next(key, listing, links.get(i), links.get(i + 1));
      listings.add(listing);
    }
    return listings.subList(leaveOut, listings.size());
  }

  /**
   * @param entries of the history after the epoch that is held, up to the newest
   * @return empty when they do not lead from there to the newest
   */
  static Optional<Listing> since(Listing held, List<StreamMessage<String, byte[]>> entries) {
    Listing listing = held;
    for (StreamMessage<String, byte[]> entry : entries) {
      byte[] whole = entry.getBody().get(WHOLE);
      byte[] bytes = whole == null ? entry.getBody().get(DIFFERENCE) : whole;
      if (bytes == null) {
        return Optional.empty();
      }
      try {
        listing =
            checked(
                held.key(),
                whole == null ? DeltaCodec.decode(bytes, listing) : ListingCodec.decode(bytes));
      } catch (StoreException e) {
        // Of another base, or damaged: the whole listing is asked for instead.
        return Optional.empty();
      }
    }
    return listing.equals(held) ? Optional.empty() : Optional.of(listing);
  }

  private static Listing next(ListingKey key, @Nullable Listing base, byte[] kind, byte[] bytes) {
    if (text(kind).equals(WHOLE)) {
      return checked(key, ListingCodec.decode(bytes));
    }
    if (base == null) {
      throw new StoreException(
          StoreException.Kind.CORRUPT, "history begins with a difference", null);
    }
    return checked(key, DeltaCodec.decode(bytes, base));
  }

  /** The listing, when it is the one that was asked for. */
  static Listing checked(ListingKey key, Listing listing) {
    if (!listing.key().equals(key)) {
      throw new StoreException(
          StoreException.Kind.CORRUPT, "another listing is stored under this key", null);
    }
    return listing;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
