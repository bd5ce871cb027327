package io.podium.ranking.admin;

/** Answers calls of one path. Runs on a worker thread and may wait, with a deadline. */
@FunctionalInterface
interface Route {
  /**
   * @throws Refusal what the client did wrong
   * @throws io.podium.store.StoreException 503: a store or the ranking loop did not answer
   */
  Answer answer(Call call) throws Refusal;
}
