package io.podium.store.tiered;

import java.util.List;
import java.util.function.Function;

/**
 * What was read, from where, and which fallbacks were taken on the way.
 *
 * @param reasons in the order in which they happened, as {@code redis-open}, {@code redis-missing};
 *     empty when the first tier answered
 */
public record Read<T>(T value, Source source, List<String> reasons) {
  /** The tier that answered. */
  public enum Source {
    REDIS,
    MONGO
  }

  public Read {
    reasons = List.copyOf(reasons);
  }

  /** Mongo, which may know more than Redis had, did not answer: what is missing is not known. */
  public boolean isPartial() {
    return source == Source.REDIS && !reasons.isEmpty();
  }

  public <R> Read<R> map(Function<T, R> mapping) {
    return new Read<>(mapping.apply(value), source, reasons);
  }
}
