package io.podium.ranking.stream;

/**
 * Where an entry stands in its stream: the log's own wall clock, and a counter within one
 * millisecond. Ids of both streams come from one clock, so they compare across streams.
 */
public record EntryId(long millis, long sequence) implements Comparable<EntryId> {
  /** Before every entry. */
  public static final EntryId START = new EntryId(0, 0);

  /**
   * @throws IllegalArgumentException when it is not {@code <millis>-<sequence>}
   */
  public static EntryId parse(String text) {
    int dash = text.indexOf('-');
    if (dash <= 0) {
      throw new IllegalArgumentException("not a stream entry id: " + text);
    }
    return new EntryId(
        Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10));
  }

  public EntryId next() {
    return new EntryId(millis, sequence + 1);
  }

  @Override
  public int compareTo(EntryId other) {
    int byMillis = Long.compare(millis, other.millis);
    return byMillis != 0 ? byMillis : Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return millis + "-" + sequence;
  }
}
