package io.podium.chaos.drill;

import io.podium.chaos.check.Sales;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The shop that is open: the next drill of the same setting goes on in it, as long as the one
 * before left it whole. Its folder goes with it, unless a drill failed in it. One thread.
 */
public final class Stage implements AutoCloseable {
  private final Path dir;
  private @Nullable OpenShop open;
  private @Nullable Setting setting;
  private int opened;

  /**
   * @param dir its folders are made in it
   */
  public Stage(Path dir) {
    this.dir = dir;
  }

  /** The open shop when its setting is the same, else a new one. */
  OpenShop shop(Run run, Setting wanted) throws Exception {
    OpenShop now = open;
    if (now != null && wanted.equals(setting)) {
      return now;
    }
    return open(run, wanted, null);
  }

  /** A new one, which sells these. */
  OpenShop open(Run run, Setting wanted, @Nullable Sales sales) throws Exception {
    leave(true);
    Path folder = dir.resolve("stack-" + ++opened);
    OpenShop fresh = OpenShop.start(run, folder, wanted, sales);
    // From here on it is closed, also when it does not come to serve.
    open = fresh;
    setting = sales == null ? wanted : null;
    fresh.awaitServing(run);
    return fresh;
  }

  /** Closes what is open; its folder stays when something failed in it. */
  void leave(boolean wentWell) throws IOException {
    OpenShop was = open;
    open = null;
    setting = null;
    if (was != null) {
      was.close();
      if (wentWell) {
        delete(was.stack().dir());
      }
    }
  }

  /** A folder and all that is in it; nothing when it is not there. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var below = Files.walk(folder)) {
        for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    leave(true);
  }
}
