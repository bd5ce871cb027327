package io.podium.ranking.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.card.Card;
import io.podium.ranking.stream.Await;
import io.podium.store.CardStore;
import io.podium.store.StoreException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members of products' cards, as texts. Without the card store everything has its id only. */
final class Names {
  private static final int BATCH = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CardStore cards;

  Names(CardStore cards) {
    this.cards = cards;
  }

  /** By product; products without the member are missing. */
  Map<String, String> of(Collection<String> products, String member) {
    Map<String, String> texts = new HashMap<>();
    List<String> ids = List.copyOf(Set.copyOf(products));
    for (int i = 0; i < ids.size(); i += BATCH) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + BATCH));
      for (Map.Entry<String, Card> e : Await.on(cards.find(some), Desk.DEADLINE).entrySet()) {
        String text = text(e.getValue().json(member));
        if (text != null) {
          texts.put(e.getKey(), text);
        }
      }
    }
    return texts;
  }

  /** Names, where they can be had. */
  Map<String, String> of(Collection<String> products) {
    try {
      return of(products, "name");
    } catch (StoreException e) {
      return Map.of();
    }
  }

  /** A name may be one by language: the first then stands for all. */
  private static @Nullable String text(@Nullable String json) {
    try {
      JsonNode node = json == null ? null : JSON.readTree(json);
      if (node != null && node.isObject() && !node.isEmpty()) {
        node = node.iterator().next();
      }
      return node == null || node.isContainerNode() || node.isNull() ? null : node.asText();
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
