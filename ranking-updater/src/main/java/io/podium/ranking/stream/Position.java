package io.podium.ranking.stream;

/**
 * How far a reader has come in one stream.
 *
 * @param id the last entry that was read
 * @param ordinal its ordinal; 0 before the first
 */
public record Position(EntryId id, long ordinal) {
  public static final Position START = new Position(EntryId.START, 0);

  /** What the next entry says about whether anything is missing in between. */
  public enum Step {
    NEXT,
    /** Entries in between are gone from the stream: they were trimmed. */
    GAP,
    /**
     * The log lost its end, or everything, and went on: nothing more can be known of what it lost.
     */
    ROLLED_BACK
  }

  public Step to(StreamEntry next) {
    if (next.ordinal() == ordinal + 1) {
      return Step.NEXT;
    }
    return next.ordinal() > ordinal ? Step.GAP : Step.ROLLED_BACK;
  }
}
