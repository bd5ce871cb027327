package io.podium.read.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.podium.card.Card;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.BoardBook;
import io.podium.read.page.BoardView;
import io.podium.read.page.PageEncoder;
import io.podium.read.refresh.Found;
import io.podium.read.refresh.Listings;
import io.podium.read.refresh.ProductCards;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code GET /v1/products/{id}}: the card, and where the product ranks: in the whole-shop listing
 * of each board, and in the slices that are being read here. One that ranks without a card has an
 * empty one. One per event loop.
 */
final class ProductRoute {
  private static final int MAX_RANKS = 50;

  private final Listings listings;
  private final ProductCards cards;
  private final LoadedAnswers loaded;

  ProductRoute(Listings listings, ProductCards cards, LoadedAnswers loaded) {
    this.listings = listings;
    this.cards = cards;
    this.loaded = loaded;
  }

  void answer(HttpServerRequest request, BoardBook boards, String id, long started) {
    loaded.answer(
        request,
        "/v1/products/" + id,
        () -> cards.find(List.of(id)).thenCompose(found -> body(boards, id, found)),
        Answers.SHORT,
        started);
  }

  private CompletableFuture<Made> body(
      BoardBook boards, String id, Found<Map<String, Card>> found) {
    Card card = found.value().getOrDefault(id, Card.of(id, Map.of()));
    return wholeShop(boards)
        .thenApply(
            read -> {
              List<Rank> ranks = ranks(boards, id, read);
              boolean known = !card.members().isEmpty() || card.removed() != null;
              // It may have a card that cannot be had: an empty one would replace it in caches.
              if (!known && found.isStale()) {
                throw Problem.UNAVAILABLE.refusal();
              }
              if (!known && ranks.isEmpty()) {
                throw Problem.UNKNOWN_PRODUCT.refusal();
              }
              return new Made(body(card, ranks), found.tier());
            });
  }

  /** The listings that are not cut, by key. What changes while it is read is there, not held. */
  private CompletableFuture<Map<ListingKey, Listing>> wholeShop(BoardBook boards) {
    Map<ListingKey, Listing> read = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> loads = new ArrayList<>();
    for (BoardView board : boards.boards()) {
      if (board.cutsBy(Set.of())) {
        ListingKey key = new ListingKey(board.info().name(), Slice.WHOLE_SHOP);
        loads.add(
            listings
                .find(key)
                .thenAccept(listing -> read.put(key, listing.value()))
                .handle((none, failure) -> 0));
      }
    }
    return CompletableFuture.allOf(loads.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> read);
  }

  /**
   * @param index 0-based place among the displayed entries
   */
  private record Rank(BoardView board, Listing listing, int index) {}

  private List<Rank> ranks(BoardBook boards, String id, Map<ListingKey, Listing> read) {
    listings.all().forEach(held -> read.merge(held.key(), held, Listings::newer));
    List<Listing> all = new ArrayList<>(read.values());
    all.sort(
        Comparator.comparing((Listing l) -> l.key().board())
            .thenComparing(l -> l.key().slice().values().toString()));
    List<Rank> ranks = new ArrayList<>();
    for (Listing listing : all) {
      BoardView board = boards.board(listing.key().board());
      for (int i = 0; board != null && i < listing.entries().size(); i++) {
        if (listing.entries().get(i).productId().equals(id) && ranks.size() < MAX_RANKS) {
          ranks.add(new Rank(board, listing, i));
        }
      }
    }
    return ranks;
  }

  private static byte[] body(Card card, List<Rank> ranks) {
    return Answers.write(
        out -> {
          out.writeStringField("productId", card.productId());
          out.writeFieldName("product");
          PageEncoder.card(out, card);
          out.writeBooleanField("eligible", card.isEligible());
          out.writeArrayFieldStart("ranks");
          for (Rank rank : card.isEligible() ? ranks : List.<Rank>of()) {
            write(out, rank);
          }
          out.writeEndArray();
        });
  }

  private static void write(JsonGenerator out, Rank rank) throws IOException {
    Listing listing = rank.listing();
    int place = rank.index() + 1;
    out.writeStartObject();
    out.writeStringField("board", listing.key().board());
    PageEncoder.slice(out, "slice", listing.key().slice());
    out.writeNumberField("epoch", listing.epoch());
    out.writeNumberField("rank", place);
    PageEncoder.place(out, rank.board(), listing, listing.entries().get(rank.index()), place);
    out.writeEndObject();
  }
}
