package io.podium.backends;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real redis-server on loopback, with a port and a data folder that outlive its process. */
public final class RedisProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** A log of a million events takes seconds to load. */
  private static final Duration LOADING = Duration.ofSeconds(60);

  /** What the server is for. */
  public enum Role {
    /** A log: append-only file, so that a killed server comes back with all it acknowledged. */
    EVENTS,
    /** Disposable: nothing is written to disk. */
    CACHE;

    private List<String> settings() {
      return switch (this) {
        case EVENTS -> List.of("--appendonly", "yes", "--appendfsync", "everysec", "--save", "");
        case CACHE -> List.of("--appendonly", "no", "--save", "");
      };
    }
  }

  private final List<String> command;
  private final int port;
  private final Path log;
  private ChildProcess process;

  private RedisProcess(List<String> command, int port, Path log) {
    this.command = command;
    this.port = port;
    this.log = log;
    this.process = launch(PATIENCE);
  }

  /** On a free port. */
  public static RedisProcess start(Path dir, Role role) {
    return start(dir, FreePorts.next(), role, List.of());
  }

  /**
   * @param dir data, log and binary; created when it is not there
   * @param settings more arguments, as {@code --maxmemory 64mb}
   */
  public static RedisProcess start(Path dir, int port, Role role, List<String> settings) {
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new BackendException(dir + " cannot be created: " + e.getMessage(), e);
    }
    List<String> command = new ArrayList<>();
    command.add(RedisBinary.find(dir).toString());
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", dir.toString(), "--daemonize", "no"));
    command.addAll(role.settings());
    command.addAll(settings);
    return new RedisProcess(command, port, dir.resolve("redis.log"));
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public ChildProcess process() {
    return process;
  }

  /** {@code kill -9}. */
  public void kill() {
    process.kill();
  }

  public void freeze() {
    process.freeze();
  }

  public void thaw() {
    process.thaw();
  }

  /** Starts it again on the same port and data; kills it before when it still runs. */
  public void restart() {
    process.kill();
    process = launch(LOADING);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.thaw();
    }
    process.close();
  }

  private ChildProcess launch(Duration patience) {
    return Readiness.start(
        "redis-server on port " + port,
        () -> ChildProcess.start("redis-server", command, Map.of(), log),
        this::answers,
        patience);
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      socket.setSoTimeout(500);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      // A server that still loads its file answers -LOADING.
      return new String(in.readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException e) {
      return false;
    }
  }
}
