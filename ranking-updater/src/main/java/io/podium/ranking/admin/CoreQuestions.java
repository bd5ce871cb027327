package io.podium.ranking.admin;

import io.podium.ranking.core.RankingCore;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The core belongs to one thread; this is how others ask it. */
@FunctionalInterface
public interface CoreQuestions {
  /**
   * @param question looks, and changes nothing
   * @return fails when too many wait, or when nothing is answered within seconds: it still recovers
   */
  <T> CompletableFuture<T> ask(Function<RankingCore, T> question);
}
