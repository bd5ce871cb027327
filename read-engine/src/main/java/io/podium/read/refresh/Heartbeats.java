package io.podium.read.refresh;

import io.podium.read.hit.Pulse;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives each board's pulse a beat as long as its updater is heard of. Confined to the refresher's
 * thread.
 */
final class Heartbeats {
  /** Updaters send one each second; this many are missed before pages count as stale. */
  private static final long SILENCE_MS = 10_000;

  private final Books books;
  private final Map<String, Long> heard = new HashMap<>();

  Heartbeats(Books books) {
    this.books = books;
  }

  /** The board's listings are true as of now, changed or not. */
  void heard(String board, long now) {
    if (books.current().board(board) != null) {
      heard.put(board, now);
    }
  }

  void beat(long now, long era) {
    heard.keySet().removeIf(board -> books.current().board(board) == null);
    for (Map.Entry<String, Pulse> e : books.pulses()) {
      e.getValue().newEra(era);
      Long last = heard.get(e.getKey());
      if (last == null) {
        heard.put(e.getKey(), now);
      } else if (now - last > SILENCE_MS) {
        e.getValue().failing("updater-silent");
        continue;
      }
      e.getValue().beat(now);
    }
  }

  void newEra(long era) {
    books.pulses().forEach(e -> e.getValue().newEra(era));
  }

  void failing(String why) {
    books.pulses().forEach(e -> e.getValue().failing(why));
  }
}
