package io.podium.read.http;

import org.jspecify.annotations.Nullable;

/** A request that gets a problem for an answer. Cheap: it carries no stack trace. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final @Nullable String parameter;
  private final @Nullable String first;

  /**
   * @param parameter the query parameter at fault
   * @param first where to begin again: path and query of a first page
   */
  Refusal(Problem problem, @Nullable String parameter, @Nullable String first) {
    super(problem.title(false), null, false, false);
    this.problem = problem;
    this.parameter = parameter;
    this.first = first;
  }

  /** The cursor's epoch is no longer kept. */
  static Refusal expired(String firstPage) {
    return new Refusal(Problem.EXPIRED_CURSOR, "cursor", firstPage);
  }

  Problem problem() {
    return problem;
  }

  @Nullable String parameter() {
    return parameter;
  }

  @Nullable String first() {
    return first;
  }
}
