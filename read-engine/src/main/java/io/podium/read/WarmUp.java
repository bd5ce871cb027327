package io.podium.read;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.http.Rehearsal;
import io.podium.read.page.BoardView;
import io.podium.read.page.Encoding;
import io.podium.read.page.PageSpec;
import io.podium.read.refresh.Refresh;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What an engine does before it says that it is ready: it waits until boards are known, loads the
 * first page of each, and has the path of hits compiled, and that of requests that are shed. On a
 * thread of its own; requests that come meanwhile are answered as always.
 */
final class WarmUp {
  private static final int SIZE = 20;
  private static final long LOAD_S = 2;
  private static final long AT_MOST_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int ROUNDS = 8_000;

  /**
   * Of so many rounds one asks for a page that is not held, as nobody asks for one of that size.
   */
  private static final int PER_MISS = 4;

  private static final int UNUSUAL_SIZE = 1;

  private static final long LOOK_MS = 20;

  /** For those who wait for the port: the machine is theirs first. */
  private static final long FIRST_MS = 100;

  private final Refresh refresh;
  private final Supplier<Rehearsal> rehearsal;
  private final Thread thread;
  private volatile boolean done;

  WarmUp(Refresh refresh, Supplier<Rehearsal> rehearsal) {
    this.refresh = refresh;
    this.rehearsal = rehearsal;
    this.thread = new Thread(this::run, "podium-warm-up");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isDone() {
    return done;
  }

  void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      TimeUnit.MILLISECONDS.sleep(FIRST_MS);
      while (refresh.books().current().version() == 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      }
      rehearse(load());
      done = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> load() throws InterruptedException {
    List<String> targets = new ArrayList<>();
    for (BoardView board : refresh.books().current().boards()) {
      if (board.cutsBy(Set.of())) {
        PageSpec first =
            PageSpec.first(new ListingKey(board.info().name(), Slice.WHOLE_SHOP), SIZE);
        targets.add(first.firstPage());
        try {
          var unused =
              refresh
                  .loader()
                  .load(board, first, EnumSet.allOf(Encoding.class))
                  .get(LOAD_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
          // What no store answers now is loaded when it is asked for.
        }
      }
    }
    return targets;
  }

  private void rehearse(List<String> targets) {
    if (targets.isEmpty()) {
      return;
    }
    String missed = targets.get(0).replace("size=" + SIZE, "size=" + UNUSUAL_SIZE);
    Rehearsal pass = rehearsal.get();
    long start = System.nanoTime();
    for (int i = 0; i < ROUNDS && System.nanoTime() - start < AT_MOST_NANOS; i++) {
      String target = i % PER_MISS == 0 ? missed : targets.get(i % targets.size());
      pass.ask(target, i % 2 == 0 ? "gzip" : "gzip, deflate, br");
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    pass.end();
  }
}
