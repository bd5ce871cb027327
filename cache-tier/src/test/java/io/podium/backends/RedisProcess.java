package io.podium.backends;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real redis-server on loopback, with a port and a data folder that outlive its process. */
public final class RedisProcess extends BackendProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

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
  private final Path log;

  private RedisProcess(List<String> command, int port, Path log) {
    super("redis-server", port, PATIENCE);
    this.command = command;
    this.log = log;
    launch();
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
    create(dir);
    List<String> command = new ArrayList<>();
    command.add(RedisBinary.find(dir).toString());
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", dir.toString(), "--daemonize", "no"));
    command.addAll(role.settings());
    command.addAll(settings);
    return new RedisProcess(command, port, dir.resolve("redis.log"));
  }

  /**
   * A sentinel.
   *
   * @param config its configuration file, which it rewrites
   */
  static RedisProcess startSentinel(Path dir, int port, Path config) {
    List<String> command =
        List.of(RedisBinary.find(dir).toString(), config.toString(), "--sentinel");
    return new RedisProcess(command, port, dir.resolve("sentinel.log"));
  }

  public String uri() {
    return "redis://127.0.0.1:" + port();
  }

  @Override
  ChildProcess begin() {
    return ChildProcess.start("redis-server", command, Map.of(), log);
  }

  @Override
  boolean answers() {
    try {
      String answer = say("PING");
      // A server that still loads its file answers -LOADING.
      return answer.equals("+PONG") || answer.startsWith("-NOAUTH");
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends a command as one would type it; the first line of the answer, its type in front. */
  public String say(String command) throws IOException {
    return reply(command).lines().findFirst().orElse("");
  }

  /**
   * Sends a command as one would type it, and returns the whole answer, as it is on the wire.
   *
   * @throws BackendException when it is refused, or nobody answers
   */
  public String tell(String command) {
    try {
      String answer = reply(command);
      if (answer.startsWith("-")) {
        throw new BackendException(command + " answered " + answer.strip(), null);
      }
      return answer;
    } catch (IOException e) {
      throw new BackendException("redis on port " + port() + " does not answer", e);
    }
  }

  /** How often the server ran this command since it started. */
  public long calls(String command) {
    try {
      Matcher calls =
          Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
              .matcher(reply("INFO commandstats"));
      return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    } catch (IOException e) {
      throw new BackendException("redis on port " + port() + " does not answer", e);
    }
  }

  /** The whole answer, as it is on the wire. */
  String reply(String command) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 200);
      socket.setSoTimeout(2000);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      // The server answers what it has read, then sees the end and closes.
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
