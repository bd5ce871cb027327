package io.podium.store.hot;

import net.openhft.posix.PosixAPI;
import net.openhft.posix.internal.PosixAPIHolder;

/**
 * The system calls that the map's library makes by itself: it reserves the disk's room when a file
 * grows. Their binding writes and loads native code, which takes time and which a file that is only
 * opened again does not need: it waits for the first change. Safe from any thread.
 */
final class SystemCalls {
  private static boolean deferred;

  private SystemCalls() {}

  /** Before the library is touched; nothing once it was. */
  static synchronized void defer() {
    if (PosixAPIHolder.POSIX_API == null) {
      PosixAPI.useNoOpPosixApi();
      deferred = true;
    }
  }

  /** Before a file may grow. */
  static synchronized void load() {
    if (deferred) {
      PosixAPIHolder.POSIX_API = null;
      PosixAPIHolder.loadPosixApi();
      deferred = false;
    }
  }
}
