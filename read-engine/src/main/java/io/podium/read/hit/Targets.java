package io.podium.read.hit;

import io.podium.read.page.BoardBook;
import org.jspecify.annotations.Nullable;

/** Reads request targets. Confined to one event loop. */
public interface Targets {
  /** The boards as they are known now. */
  BoardBook book();

  /** What the target asks for; null when that is no page, or it is malformed in any way. */
  @Nullable Meaning read(String target, long now);
}
