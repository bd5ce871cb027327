package io.podium.read.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.podium.card.Card;
import io.podium.listing.Entry;
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
 * of each board, and in the slices that are being read here. One per event loop.
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
    Card card = found.value().get(id);
    boolean known = card != null && (!card.members().isEmpty() || card.removed() != null);
    if (!known || card == null) {
      return CompletableFuture.failedFuture(
          found.isStale() ? Problem.UNAVAILABLE.refusal() : Problem.UNKNOWN_PRODUCT.refusal());
    }
    // What changes while it is read is not held, and yet it is known.
    Map<ListingKey, Listing> read = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> wholeShop = new ArrayList<>();
    for (BoardView board : boards.boards()) {
      if (board.cutsBy(Set.of())) {
        ListingKey key = new ListingKey(board.info().name(), Slice.WHOLE_SHOP);
        wholeShop.add(
            listings
                .find(key)
                .thenAccept(listing -> read.put(key, listing.value()))
                .handle((none, failure) -> 0));
      }
    }
    return CompletableFuture.allOf(wholeShop.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> new Made(body(boards, card, read), found.tier()));
  }

  private byte[] body(BoardBook boards, Card card, Map<ListingKey, Listing> read) {
    return Answers.write(
        out -> {
          out.writeStringField("productId", card.productId());
          out.writeFieldName("product");
          PageEncoder.card(out, card);
          out.writeBooleanField("eligible", card.isEligible());
          out.writeArrayFieldStart("ranks");
          if (card.isEligible()) {
            ranks(out, boards, card.productId(), read);
          }
          out.writeEndArray();
        });
  }

  private void ranks(JsonGenerator out, BoardBook boards, String id, Map<ListingKey, Listing> read)
      throws IOException {
    listings.all().forEach(held -> read.merge(held.key(), held, Listings::newer));
    List<Listing> all = new ArrayList<>(read.values());
    all.sort(
        Comparator.comparing((Listing l) -> l.key().board())
            .thenComparing(l -> l.key().slice().values().toString()));
    int written = 0;
    for (Listing listing : all) {
      BoardView board = boards.board(listing.key().board());
      for (int i = 0; board != null && i < listing.entries().size(); i++) {
        Entry entry = listing.entries().get(i);
        if (entry.productId().equals(id) && written++ < MAX_RANKS) {
          out.writeStartObject();
          out.writeStringField("board", listing.key().board());
          PageEncoder.slice(out, "slice", listing.key().slice());
          out.writeNumberField("epoch", listing.epoch());
          out.writeNumberField("rank", i + 1);
          PageEncoder.place(out, board, listing, entry, i + 1);
          out.writeEndObject();
        }
      }
    }
  }
}
