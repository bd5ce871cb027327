package io.podium.ranking.board;

/** A rule that cannot be accepted; the message names the member and what is allowed. */
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String member;

  RuleException(String member, String message) {
    super(message);
    this.member = member;
  }

  /** The member at fault, as {@code [2].factor}; empty for the text as a whole. */
  public String member() {
    return member;
  }
}
