package io.podium.read.refresh;

import io.podium.card.Card;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Cards by id: held, else from the stores, else the copies of an earlier time. */
public interface ProductCards {
  CompletableFuture<Found<Map<String, Card>>> find(Collection<String> ids);
}
