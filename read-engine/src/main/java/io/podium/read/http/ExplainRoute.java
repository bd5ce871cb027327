package io.podium.read.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.podium.card.Card;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.read.page.BoardBook;
import io.podium.read.page.BoardView;
import io.podium.read.page.PageEncoder;
import io.podium.read.refresh.Listings;
import io.podium.read.refresh.ProductCards;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/rankings/{board}/products/{id}}: where a product stands in a listing, or why it
 * does not. One per event loop.
 */
final class ExplainRoute {
  private final Listings listings;
  private final ProductCards cards;
  private final LoadedAnswers loaded;

  ExplainRoute(Listings listings, ProductCards cards, LoadedAnswers loaded) {
    this.listings = listings;
    this.cards = cards;
    this.loaded = loaded;
  }

  void answer(HttpServerRequest request, Target target, BoardBook boards, long started) {
    BoardView board = PageRequests.board(target, boards);
    PageRequests.onlyDimensions(target, board);
    ListingKey key = PageRequests.listing(target, board);
    String id = target.path().get(4);
    loaded.answer(
        request,
        name(key, id),
        () ->
            listings
                .find(key)
                .thenCombine(
                    cards.find(List.of(id)),
                    (listing, card) -> {
                      Card known = card.value().get(id);
                      if (known == null && card.isStale() && !isNamed(listing.value(), id)) {
                        throw Problem.UNAVAILABLE.refusal();
                      }
                      return new Made(
                          body(board, listing.value(), id, known), listing.tierWith(card));
                    }),
        board.cacheControl(),
        started);
  }

  /** Of the whole shop it is the address itself, as {@link MissLoads} looks for it. */
  private static String name(ListingKey key, String id) {
    // No id has a line break, so that no two names are the same.
    String slice = key.slice().values().isEmpty() ? "" : "\n" + key.slice();
    return "/v1/rankings/" + key.board() + "/products/" + id + slice;
  }

  private static byte[] body(BoardView board, Listing listing, String id, @Nullable Card card) {
    int index = index(listing, id);
    Omitted omitted = omitted(listing, id);
    boolean known = card != null && (!card.members().isEmpty() || card.removed() != null);
    if (index < 0 && omitted == null && !known) {
      throw Problem.UNKNOWN_PRODUCT.refusal();
    }
    return Answers.write(
        out -> {
          PageEncoder.head(out, listing);
          out.writeNumberField("total", listing.entries().size());
          out.writeStringField("productId", id);
          if (index >= 0 && (card == null || card.isEligible())) {
            listed(out, board, listing, index);
          } else {
            notListed(out, omitted, card);
          }
        });
  }

  private static void listed(JsonGenerator out, BoardView board, Listing listing, int index)
      throws IOException {
    Entry entry = listing.entries().get(index);
    out.writeBooleanField("listed", true);
    out.writeNumberField("rank", index + 1);
    rank(out, entry.organicRank());
    PageEncoder.place(out, board, listing, entry, index + 1);
    out.writeBooleanField("movedByRule", entry.promoted() || entry.buried());
  }

  private static void notListed(JsonGenerator out, @Nullable Omitted omitted, @Nullable Card card)
      throws IOException {
    out.writeBooleanField("listed", false);
    rank(out, omitted == null ? 0 : omitted.organicRank());
    out.writeStringField("reason", reason(omitted, card));
    boolean moved =
        omitted != null && (omitted.moved() || omitted.reason() == Omitted.Reason.HIDDEN);
    out.writeBooleanField("movedByRule", moved);
  }

  private static void rank(JsonGenerator out, int organicRank) throws IOException {
    if (organicRank == 0) {
      out.writeNullField("organicRank");
    } else {
      out.writeNumberField("organicRank", organicRank);
    }
  }

  private static String reason(@Nullable Omitted omitted, @Nullable Card card) {
    if (card != null && card.isRemoved()) {
      return "removed";
    } else if (card != null && !card.isEligible()) {
      return "ineligible";
    } else if (omitted == null) {
      return "not-ranked";
    }
    return omitted.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isNamed(Listing listing, String id) {
    return index(listing, id) >= 0 || omitted(listing, id) != null;
  }

  private static int index(Listing listing, String id) {
    for (int i = 0; i < listing.entries().size(); i++) {
      if (listing.entries().get(i).productId().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Omitted omitted(Listing listing, String id) {
    for (Omitted o : listing.omitted()) {
      if (o.productId().equals(id)) {
        return o;
      }
    }
    return null;
  }
}
