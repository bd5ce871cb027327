package io.podium.read.page;

import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All public boards of one version of the published document; shadow boards are left out. */
public final class BoardBook {
  public static final BoardBook EMPTY = new BoardBook(Boards.NONE);

  private final long version;
  private final Map<String, BoardView> byName = new LinkedHashMap<>();

  public BoardBook(Boards boards) {
    this.version = boards.version();
    for (BoardInfo info : boards.boards()) {
      if (!info.shadow()) {
        byName.put(info.name(), new BoardView(info));
      }
    }
  }

  /** 0 while nothing is known yet. */
  public long version() {
    return version;
  }

  public @Nullable BoardView board(String name) {
    return byName.get(name);
  }

  /** In the order of the document. */
  public Iterable<BoardView> boards() {
    return byName.values();
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }
}
