package io.podium.backends;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * A Mongo-protocol server (mongo-java-server) on loopback, in a JVM of its own, with a port and,
 * when durable, a file that outlive its process.
 */
public final class MongoProcess extends BackendProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xss512k");

  /** Where the data lives. */
  public enum Kind {
    MEMORY,
    /** An H2 file; every acknowledged write survives {@code kill -9}. */
    FILE
  }

  private final Path dir;
  private final Kind kind;
  private final List<String> more;

  private MongoProcess(Path dir, int port, Kind kind, List<String> more) {
    super("mongo server", port, PATIENCE);
    this.dir = dir;
    this.kind = kind;
    this.more = more;
    launch();
  }

  /** On a free port. */
  public static MongoProcess start(Path dir, Kind kind) {
    return start(dir, FreePorts.next(), kind);
  }

  /**
   * @param dir data and log; created when it is not there
   */
  public static MongoProcess start(Path dir, int port, Kind kind) {
    create(dir);
    return new MongoProcess(dir, port, kind, List.of());
  }

  /** On a free port, in memory, speaking TLS only. */
  public static MongoProcess startTls(Path dir, TestCertificates certificates) {
    create(dir);
    List<String> tls = List.of("-Dpodium.keyStore=" + certificates.keyStore());
    return new MongoProcess(dir, FreePorts.next(), Kind.MEMORY, tls);
  }

  public String uri() {
    return "mongodb://127.0.0.1:" + port() + "/?directConnection=true";
  }

  @Override
  ChildProcess begin() {
    String number = Integer.toString(port());
    List<String> arguments =
        kind == Kind.MEMORY
            ? List.of(number)
            : List.of(number, dir.resolve("mongo.mv.db").toString());
    List<String> flags = new ArrayList<>(JVM);
    flags.addAll(more);
    return ChildProcess.startJava(
        "mongo-server",
        flags,
        MongoServerMain.class.getName(),
        arguments,
        dir.resolve("mongo.log"));
  }

  /** How often whole documents were looked for since the server started, as the server counted. */
  public long finds(String collection) {
    BsonDocument question =
        new BsonDocument(MongoServerMain.FINDS, new BsonString(collection))
            .append("$db", new BsonString("admin"));
    ByteBuffer body =
        new RawBsonDocument(question, new BsonDocumentCodec()).getByteBuffer().asNIO();
    int size = 16 + 4 + 1 + body.remaining();
    ByteBuffer message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(size).putInt(1).putInt(0).putInt(2013); // OP_MSG
    message.putInt(0).put((byte) 0).put(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(message.array());
      InputStream in = socket.getInputStream();
      int length = ByteBuffer.wrap(in.readNBytes(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
      byte[] answer = in.readNBytes(length - 4);
      // After the header, the flags and the kind of section.
      return new RawBsonDocument(answer, 17, answer.length - 17).getNumber("n").longValue();
    } catch (IOException e) {
      throw new BackendException("the mongo server on port " + port() + " does not answer", e);
    }
  }

  /** Sends the {@code isMaster} query that every server answers, and reads a reply's header. */
  @Override
  boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 200);
      if (!more.isEmpty()) {
        // It speaks TLS: that it listens has to be enough.
        return true;
      }
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
