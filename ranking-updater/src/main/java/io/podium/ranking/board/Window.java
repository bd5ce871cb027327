package io.podium.ranking.board;

import java.time.Duration;
import java.time.ZoneId;

/** Which events of the past count at T (DESIGN 4.2). */
public sealed interface Window {
  /** {@code floor(T, step) + step - length <= time <= T}; length is a multiple of step. */
  record Sliding(Duration length) implements Window {}

  /** Since the zone's last midnight. */
  record Today(ZoneId zone) implements Window {}

  /** Weighted by age over the last 20 half-lives, at most 1,500 steps. */
  record HalfLife(Duration halfLife) implements Window {}
}
