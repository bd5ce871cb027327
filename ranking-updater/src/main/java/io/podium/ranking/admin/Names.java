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
    return of(products, member, "");
  }

  private Map<String, String> of(Collection<String> products, String member, String language) {
    Map<String, String> texts = new HashMap<>();
    List<String> ids = List.copyOf(Set.copyOf(products));
    for (int i = 0; i < ids.size(); i += BATCH) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + BATCH));
      for (Map.Entry<String, Card> e : Await.on(cards.find(some), Desk.DEADLINE).entrySet()) {
        String text = text(e.getValue().json(member), language);
        if (text != null) {
          texts.put(e.getKey(), text);
        }
      }
    }
    return texts;
  }

  /** Names in the caller's language, where they can be had. */
  Map<String, String> of(Collection<String> products, Call call) {
    try {
      return of(products, "name", call.language());
    } catch (StoreException e) {
      return Map.of();
    }
  }

  /** A text may be one by language: without the wanted one the first stands for all. */
  private static @Nullable String text(@Nullable String json, String language) {
    try {
      JsonNode node = json == null ? null : JSON.readTree(json);
      if (node != null && node.isObject() && !node.isEmpty()) {
        node = node.has(language) ? node.get(language) : node.iterator().next();
      }
      return node == null || node.isContainerNode() || node.isNull() ? null : node.asText();
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
