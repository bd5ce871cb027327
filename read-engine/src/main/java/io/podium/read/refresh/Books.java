package io.podium.read.refresh;

import io.podium.listing.Boards;
import io.podium.read.hit.Pulse;
import io.podium.read.page.BoardBook;
import io.podium.read.page.BoardView;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The boards as last published, and a pulse for each. Reads are safe and cheap on event loops. */
public final class Books {
  private final Warm warm;
  private Boards kept = Boards.NONE;
  private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();
  private volatile BoardBook book = BoardBook.EMPTY;

  public Books(Warm warm) {
    this.warm = warm;
  }

  /** Takes up what an earlier run has kept; writes nothing, so that it waits for no writer. */
  public void open() {
    use(warm.boards());
  }

  public BoardBook current() {
    return book;
  }

  public Pulse pulse(String board) {
    return pulses.computeIfAbsent(board, b -> new Pulse());
  }

  /** Takes a document unless it is older than the one that is known. */
  synchronized boolean take(Boards boards) {
    boolean taken = use(boards);
    if (taken) {
      warm.keep(boards);
    }
    return taken;
  }

  /**
   * Keeps them once more: without them nothing of what is kept can be used, and they may have been
   * lost, or kept by a version that let them go.
   */
  synchronized void keepAgain() {
    if (!book.isEmpty()) {
      warm.keep(kept);
    }
  }

  private synchronized boolean use(Boards boards) {
    if (boards.version() <= book.version()) {
      return false;
    }
    BoardBook fresh = new BoardBook(boards);
    for (BoardView board : fresh.boards()) {
      pulse(board.info().name());
    }
    pulses.keySet().removeIf(name -> fresh.board(name) == null);
    book = fresh;
    kept = boards;
    return true;
  }

  Iterable<Map.Entry<String, Pulse>> pulses() {
    return pulses.entrySet();
  }
}
