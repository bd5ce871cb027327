package io.podium.listing;

import java.util.List;

/**
 * All boards, as one versioned document.
 *
 * @param version only grows; an older document never replaces a newer one
 */
public record Boards(long version, List<BoardInfo> boards) {
  public static final Boards NONE = new Boards(0, List.of());

  public Boards {
    boards = List.copyOf(boards);
  }
}
