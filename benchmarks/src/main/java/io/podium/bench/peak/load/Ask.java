package io.podium.bench.peak.load;

import org.jspecify.annotations.Nullable;

/** One request of a visitor, from its intended start to its end. One thread. */
final class Ask {
  final String path;
  final boolean gzip;

  /** Comes with a connection of its own. */
  final boolean fresh;

  final @Nullable String etag;

  /** By {@link System#nanoTime}. */
  final long due;

  int status;
  boolean retryAfter;
  boolean over;

  Ask(String path, boolean gzip, boolean fresh, @Nullable String etag, long due) {
    this.path = path;
    this.gzip = gzip;
    this.fresh = fresh;
    this.etag = etag;
    this.due = due;
  }

  /** A page, or the word that it has not changed. */
  boolean isAnswered() {
    return status == 200 || status == 304;
  }

  /** Turned away, and told when to come back. */
  boolean isShed() {
    return status == 503 && retryAfter;
  }
}
