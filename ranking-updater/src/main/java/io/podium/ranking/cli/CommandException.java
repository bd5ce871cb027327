package io.podium.ranking.cli;

/** A command cannot go on: the message tells the user in one line what is wrong and the remedy. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }
}
