package io.podium.chaos.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One client's way through a listing, from the first page by {@code next} to the last.
 *
 * @param pages in the order of the way
 * @param size of a page
 * @param isFinished false when a page did not come: only what came is judged
 */
public record Walk(List<Answer.Page> pages, int size, boolean isFinished) {
  /** What is wrong with it; empty when nothing is. */
  public String fault() {
    Set<Long> epochs = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    List<String> ids = new ArrayList<>();
    int next = 1;
    for (Answer.Page page : pages) {
      epochs.add(page.epoch());
      hashes.add(page.hash());
      ids.addAll(page.ids());
      if (!page.isWhole(next, size)) {
        return "a page from rank " + next + " has ranks " + page.ranks();
      }
      next += page.ranks().size();
    }
    if (epochs.size() > 1 || hashes.size() > 1) {
      return "epochs " + epochs + " in one walk";
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      return "a product on two pages";
    }
    boolean short1 = isFinished && !pages.isEmpty() && ids.size() < pages.get(0).total();
    return short1 ? ids.size() + " of " + pages.get(0).total() + " entries" : "";
  }
}
