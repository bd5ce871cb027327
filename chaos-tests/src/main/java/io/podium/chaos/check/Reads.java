package io.podium.chaos.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What no reader may see, found in what readers saw. Immutable. */
public final class Reads {
  private static final int SHOWN = 5;

  private final List<Answer> answers;

  public Reads(List<Answer> answers) {
    this.answers = answers.stream().sorted(Comparator.comparingLong(Answer::sentNanos)).toList();
  }

  public int count() {
    return answers.size();
  }

  /** Those asked between two moments of the run. */
  public Reads between(long fromNanos, long toNanos) {
    return new Reads(
        answers.stream()
            .filter(a -> a.sentNanos() >= fromNanos && a.sentNanos() < toNanos)
            .toList());
  }

  public List<Answer> all() {
    return answers;
  }

  /** Answers by status; 0: none came. */
  public Map<Integer, Integer> byStatus() {
    Map<Integer, Integer> by = new TreeMap<>();
    answers.forEach(a -> by.merge(a.status(), 1, Integer::sum));
    return by;
  }

  /** Pages that cannot be read, or with a hole, a product twice, a wrong card, too few entries. */
  public List<String> broken() {
    return shown(
        answers.stream()
            .filter(a -> a.status() == 200 && !isWhole(a))
            .map(a -> a.url() + ": " + a.page()));
  }

  private static boolean isWhole(Answer answer) {
    Answer.Page page = answer.page();
    return page != null && page.isWhole(1, size(answer.url()));
  }

  private static int size(String url) {
    return Integer.parseInt(url.replaceAll(".*size=(\\d+).*", "$1"));
  }

  /**
   * Answers older than one that the same client had from the same node before it asked. Of answers
   * on the way at the same time either may come first.
   */
  public List<String> wentBack() {
    Map<String, List<Answer>> byReader = new HashMap<>();
    for (Answer a : answers) {
      if (a.page() != null) {
        String reader = a.client() + " " + a.node() + " " + a.url();
        byReader.computeIfAbsent(reader, r -> new ArrayList<>()).add(a);
      }
    }
    return shown(byReader.values().stream().flatMap(of -> wentBack(of).stream()));
  }

  private static List<String> wentBack(List<Answer> ofOne) {
    List<String> found = new ArrayList<>();
    List<Answer> arrived = new ArrayList<>(ofOne);
    arrived.sort(Comparator.comparingLong(Answer::receivedNanos));
    int next = 0;
    long newest = 0;
    for (Answer a : ofOne) {
      while (arrived.get(next).receivedNanos() < a.sentNanos()) {
        newest = Math.max(newest, epoch(arrived.get(next++)));
      }
      if (epoch(a) < newest) {
        found.add(a.node() + a.url() + ": epoch " + epoch(a) + " after " + newest);
      }
    }
    return found;
  }

  private static long epoch(Answer answer) {
    return answer.page() == null ? 0 : answer.page().epoch();
  }

  /** Listings that were told with two contents under one epoch, by whichever node. */
  public List<String> twoContents() {
    Map<String, String> hashes = new HashMap<>();
    List<String> found = new ArrayList<>();
    for (Answer a : answers) {
      Answer.Page page = a.page();
      if (page != null) {
        String version = a.url() + " epoch " + page.epoch();
        String seen = hashes.putIfAbsent(version, page.hash());
        if (seen != null && !seen.equals(page.hash())) {
          found.add(version);
        }
      }
    }
    return shown(found.stream());
  }

  private static List<String> shown(java.util.stream.Stream<String> found) {
    List<String> all = found.toList();
    if (all.size() <= SHOWN) {
      return all;
    }
    List<String> some = new ArrayList<>(all.subList(0, SHOWN));
    some.add("and " + (all.size() - SHOWN) + " more");
    return some;
  }
}
