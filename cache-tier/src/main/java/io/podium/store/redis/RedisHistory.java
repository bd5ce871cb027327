package io.podium.store.redis;

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

  private static Listing next(ListingKey key, @Nullable Listing base, byte[] kind, byte[] bytes) {
    if (text(kind).equals("f")) {
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
