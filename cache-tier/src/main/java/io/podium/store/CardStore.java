package io.podium.store;

import io.podium.card.Card;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where product cards live. Threading and failures as {@link ListingStore}. */
public interface CardStore extends AutoCloseable {
  /** Cards that are there, by product id. */
  CompletionStage<Map<String, Card>> find(Collection<String> productIds);

  /**
   * Merges changes into what is stored, atomically per card, and answers the ids of those whose
   * stored card changed. Repeating a call changes nothing.
   */
  CompletionStage<List<String>> merge(Collection<Card> changes);

  /**
   * Cards in id order after {@code afterId} (empty: from the start), at most {@code limit}: to
   * rebuild a tier from another. A tier that cannot list answers an empty optional.
   */
  CompletionStage<Optional<List<Card>>> scan(String afterId, int limit);

  CompletionStage<Check> check();

  @Override
  void close();
}
