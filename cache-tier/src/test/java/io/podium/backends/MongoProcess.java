package io.podium.backends;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Mongo-protocol server (mongo-java-server) on loopback, in a JVM of its own, with a port and,
 * when durable, a file that outlive its process.
 */
public final class MongoProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xss512k");

  /** Where the data lives. */
  public enum Kind {
    MEMORY,
    /** An H2 file; every acknowledged write survives {@code kill -9}. */
    FILE
  }

  private final Path dir;
  private final int port;
  private final Kind kind;
  private ChildProcess process;

  private MongoProcess(Path dir, int port, Kind kind) {
    this.dir = dir;
    this.port = port;
    this.kind = kind;
    this.process = launch();
  }

  /** On a free port. */
  public static MongoProcess start(Path dir, Kind kind) {
    return start(dir, FreePorts.next(), kind);
  }

  /**
   * @param dir data and log; created when it is not there
   */
  public static MongoProcess start(Path dir, int port, Kind kind) {
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new BackendException(dir + " cannot be created: " + e.getMessage(), e);
    }
    return new MongoProcess(dir, port, kind);
  }

  public String uri() {
    return "mongodb://127.0.0.1:" + port + "/?directConnection=true";
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

  /** Starts it again on the same port and file; kills it before when it still runs. */
  public void restart() {
    process.kill();
    process = launch();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.thaw();
    }
    process.close();
  }

  private ChildProcess launch() {
    String number = Integer.toString(port);
    List<String> arguments =
        kind == Kind.MEMORY
            ? List.of(number)
            : List.of(number, dir.resolve("mongo.mv.db").toString());
    return Readiness.start(
        "mongo server on port " + port,
        () ->
            ChildProcess.startJava(
                "mongo-server",
                JVM,
                MongoServerMain.class.getName(),
                arguments,
                dir.resolve("mongo.log")),
        this::answers,
        PATIENCE);
  }

  /** Sends the {@code isMaster} query that every server answers, and reads a reply's header. */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      socket.setSoTimeout(2000);
      socket.getOutputStream().write(isMaster());
      InputStream in = socket.getInputStream();
      return in.readNBytes(16).length == 16;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] isMaster() {
    byte[] collection = "admin.$cmd\0".getBytes(StandardCharsets.US_ASCII);
    byte[] name = "isMaster\0".getBytes(StandardCharsets.US_ASCII);
    int document = 4 + 1 + name.length + 4 + 1;
    int size = 16 + 4 + collection.length + 8 + document;
    ByteBuffer message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(size).putInt(1).putInt(0).putInt(2004); // OP_QUERY
    message.putInt(0).put(collection).putInt(0).putInt(-1);
    message.putInt(document).put((byte) 0x10).put(name).putInt(1).put((byte) 0);
    return message.array();
  }
}
