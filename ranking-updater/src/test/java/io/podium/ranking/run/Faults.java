package io.podium.ranking.run;

import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What can happen to one call of a store: nothing, refusal, loss, loss of the answer only, a write
 * that is done twice or long after its caller has given up, a crash before or after it, or that the
 * whole world goes on while the caller stands still.
 */
final class Faults {
  private final Random random;
  private final Deque<Runnable> delayed = new ArrayDeque<>();
  private Runnable meanwhile = () -> {};
  private boolean on = true;

  /** The process that made the call is gone. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("crash", null, false, false);
    }
  }

  Faults(Random random) {
    this.random = random;
  }

  /** What happens elsewhere while a caller stands still. */
  void meanwhile(Runnable others) {
    meanwhile = others;
  }

  /** Runs it without faults: a takeover that is complete while somebody else stands still. */
  void without(Runnable run) {
    boolean was = on;
    on = false;
    run.run();
    on = was;
  }

  /** From here on all is well; what is under way still arrives. */
  void end() {
    on = false;
  }

  void deliverDelayed() {
    while (!delayed.isEmpty()) {
      delayed.removeFirst().run();
    }
  }

  /** Between two steps on the disk: the process may be cut off here. */
  void between() {
    if (on && random.nextInt(40) == 0) {
      throw new Crash();
    }
  }

  <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call) {
    if (!on) {
      return call.get();
    }
    switch (random.nextInt(40)) {
      case 0 -> throw new Crash();
      case 1 -> {
        done(call);
        throw new Crash();
      }
      case 2 -> {
        return failed(Kind.REFUSED);
      }
      case 3 -> {
        done(call);
        return failed(Kind.TIMEOUT);
      }
      case 4 -> {
        done(call);
        return call.get();
      }
      case 5 -> {
        delayed.add(() -> done(call));
        return failed(Kind.TIMEOUT);
      }
      case 6 -> {
        meanwhile.run();
        return call.get();
      }
      case 7 -> {
        if (random.nextBoolean()) {
          deliverDelayed();
        }
        return failed(Kind.AWAY);
      }
      default -> {
        return call.get();
      }
    }
  }

  /** Done, and nobody hears how. */
  private static <T> void done(Supplier<CompletionStage<T>> call) {
    CompletionStage<T> unheard = call.get();
    assert unheard != null;
  }

  private static <T> CompletionStage<T> failed(Kind kind) {
    return CompletableFuture.failedFuture(new StoreException(kind, "simulated " + kind, null));
  }
}
