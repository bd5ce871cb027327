package io.podium.backends;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that never outlives this JVM, however the JVM ends: a watcher beside it reads a pipe
 * that only the JVM holds open, and kills the process when the pipe closes. It runs in a session of
 * its own, so that Ctrl-C in the terminal reaches the JVM alone, which stops its children in order.
 * Safe from any thread.
 */
public final class ChildProcess implements AutoCloseable {
  private static final String WATCHED =
      """
      exec 3<&0; me=$$
      ( trap '' INT HUP TERM; cat <&3 >/dev/null 2>&1; kill -9 $me ) >/dev/null 2>&1 &
      if command -v setsid >/dev/null 2>&1; then exec setsid "$@" </dev/null 3<&-; fi
      exec "$@" </dev/null 3<&-
      """;

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * @param name for messages
   * @param env added to this JVM's environment
   * @param log receives standard output and error, appended
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> env, Path log) {
    List<String> watched = new ArrayList<>(List.of("/bin/sh", "-c", WATCHED, name));
    watched.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(watched);
    builder.environment().putAll(env);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new ChildProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new BackendException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * A JVM of the same JDK and class path as this one. Its temporary files stand beside the log, and
   * go with that directory when it is killed.
   */
  public static ChildProcess startJava(
      String name, List<String> jvmFlags, String mainClass, List<String> arguments, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary(log));
    command.addAll(jvmFlags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return start(name, command, Map.of(), log);
  }

  private static Path temporary(Path log) {
    try {
      return Files.createDirectories(log.toAbsolutePath().resolveSibling("tmp"));
    } catch (IOException e) {
      throw new BackendException("no directory for temporary files: " + e.getMessage(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** {@code kill -9}, and waits until it is gone; nothing when it is gone already. */
  public void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /** SIGTERM, then {@code kill -9} when it is still there after {@code patience}. */
  public void terminate(Duration patience) {
    // Not by Process.destroy: it closes the child's input, whose end the watcher takes for our
    // death.
    process.toHandle().destroy();
    if (!exited(patience)) {
      kill();
    }
  }

  /** SIGSTOP, and waits until every thread has stopped: alive, but answers nothing. */
  public void freeze() {
    signal("STOP");
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!isStopped()) {
      if (System.nanoTime() - deadline > 0) {
        throw new BackendException(name + " (pid " + pid() + ") does not stop", null);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** As /proc tells; where there is none, the signal has to be enough. */
  private boolean isStopped() {
    Path threads = Path.of("/proc", Long.toString(pid()), "task");
    if (!Files.isDirectory(threads)) {
      return true;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
        // The state follows the name, which stands in parentheses and may hold any character.
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      // A thread ended while it was looked at.
      return false;
    }
  }

  /** SIGCONT. */
  public void thaw() {
    signal("CONT");
  }

  /** The last lines it wrote, for messages. */
  public String lastOutput() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    } catch (IOException e) {
      return "no output: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    terminate(Duration.ofSeconds(3));
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
      boolean sent = kill.waitFor(5, TimeUnit.SECONDS) && kill.exitValue() == 0;
      // A process that is gone, or going, takes no signal and needs none.
      if (!sent && isAlive() && !exited(Duration.ofSeconds(1))) {
        throw new BackendException(name + " cannot be sent SIG" + signal, null);
      }
    } catch (IOException e) {
      throw new BackendException(name + " cannot be sent SIG" + signal, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException("interrupted", e);
    }
  }

  private void await(Duration patience) {
    if (!exited(patience)) {
      throw new BackendException(name + " (pid " + pid() + ") does not end", null);
    }
  }

  private boolean exited(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException("interrupted", e);
    }
  }
}
