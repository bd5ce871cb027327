package io.podium.store;

/** What a store did with a publication. */
public enum PublishResult {
  STORED,
  /** The same or a newer epoch is there already; nothing was changed. */
  OLDER,
  /** A newer fencing token has been seen: the caller is not the active updater any more. */
  FENCED
}
