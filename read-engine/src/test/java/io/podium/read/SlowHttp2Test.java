package io.podium.read;

import static io.podium.read.Frames.CONTINUATION;
import static io.podium.read.Frames.DATA;
import static io.podium.read.Frames.END_BOTH;
import static io.podium.read.Frames.END_HEADERS;
import static io.podium.read.Frames.END_STREAM;
import static io.podium.read.Frames.HEADERS;
import static io.podium.read.Frames.PREFACE;
import static io.podium.read.Frames.RESET;
import static io.podium.read.Frames.SETTINGS;
import static io.podium.read.Frames.frame;
import static io.podium.read.Frames.get;
import static io.podium.read.Frames.literal;
import static io.podium.read.Frames.settings;
import static io.podium.read.Frames.windowUpdate;
import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * As in HTTP/1.1: who sends or reads too slowly is cut, in HTTP/2 where possible by stream. All do
 * nothing but wait, each on connections of its own: they wait at the same time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowHttp2Test {
  /** How many the engine has cut: held for writing by who counts them. */
  private static final String CUT = "cut";

  private static final int WINDOW = 4;
  private static final String PAGE = "/v1/rankings/best?size=100";
  private static final int LARGE = 600_000;
  private static final Duration SLOW = Duration.ofSeconds(2);

  /** Between two drips; twenty of it are longer than what is allowed. */
  private static final Duration DRIP = Duration.ofMillis(200);

  private Shop shop;
  private Engine engine;
  private Http admin;

  @BeforeAll
  void open(@TempDir Path dir) throws IOException {
    Path site = Files.createDirectories(dir.resolve("site"));
    Files.write(site.resolve("large.png"), new byte[LARGE]);
    shop = new Shop(dir);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    shop.publish(Shop.BEST, 1000, Shop.entries(1, 100));
    EngineConfig.Limits limits =
        new EngineConfig.Limits(64, 0, 400, 0, 20, 0, Duration.ofSeconds(60), SLOW, 4_096, 8_192);
    engine = Engines.start(shop.stores(), Engines.config(dir, site, limits));
    admin = new Http(engine.adminPort());
    new Http(engine.port()).until(PAGE, a -> a.statusCode() == 200);
  }

  @AfterAll
  void close() {
    engine.close();
    shop.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(CUT)
  void aStreamWithoutAWindowIsResetAndOthersGoOn() throws IOException {
    long before = cut();
    try (Raw raw = connect(settings(WINDOW, 0))) {
      raw.send(frame(HEADERS, END_BOTH, 1, get(PAGE)));
      assertThat(reset(raw, 1)).isZero();
      assertThat(cut()).isGreaterThan(before);
      raw.send(frame(HEADERS, END_BOTH, 3, get(PAGE)));
      raw.send(windowUpdate(3, 1 << 20));
      whole(raw, 3);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = CUT, mode = ResourceAccessMode.READ)
  void aStreamThatIsReadInDripsIsReset() throws IOException {
    try (Raw raw = connect(settings(WINDOW, 0))) {
      raw.send(frame(HEADERS, END_BOTH, 1, get(PAGE)));
      int taken = 0;
      boolean isReset = false;
      for (int i = 0; !isReset && i < 100; i++) {
        byte[] next = raw.frameWithin(DRIP);
        if (next == null) {
          raw.send(windowUpdate(1, 1));
        } else {
          taken += type(next) == DATA ? next.length - 9 : 0;
          isReset = type(next) == RESET;
        }
      }
      assertThat(isReset).isTrue();
      assertThat(taken).isPositive();
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = CUT, mode = ResourceAccessMode.READ)
  void aConnectionWithoutAWindowGivesUpAllItsStreams() throws IOException {
    try (Raw raw = connect(settings(WINDOW, 1 << 20))) {
      // The window of the connection is 64 KiB; nobody opens it again.
      for (int stream = 1; stream < 9; stream += 2) {
        raw.send(frame(HEADERS, END_BOTH, stream, get("/large.png")));
      }
      for (int resets = 0; resets < 4; ) {
        resets += type(raw.frame()) == RESET ? 1 : 0;
      }
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = CUT, mode = ResourceAccessMode.READ)
  void aReaderThatMovesIsNotCut() throws IOException {
    int step = 30_000;
    try (Raw raw = connect(settings(WINDOW, 0))) {
      raw.send(frame(HEADERS, END_BOTH, 1, get("/large.png")));
      int taken = 0;
      while (taken < LARGE) {
        byte[] next = raw.frameWithin(DRIP);
        if (next == null) {
          raw.send(windowUpdate(1, step)).send(windowUpdate(0, step));
        } else {
          assertThat(type(next)).isNotEqualTo(RESET);
          taken += type(next) == DATA ? next.length - 9 : 0;
        }
      }
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = CUT, mode = ResourceAccessMode.READ)
  void aHeadOfHttp2ThatDoesNotEndIsCut() throws IOException {
    try (Raw raw = connect(frame(SETTINGS, 0, 0, new byte[0]))) {
      raw.send(frame(HEADERS, END_STREAM, 1, get(PAGE)));
      raw.rest(); // ends, or the test times out
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = CUT, mode = ResourceAccessMode.READ)
  void aHeadOfHttp2ThatDripsIsCut() throws IOException {
    try (Raw raw = connect(frame(SETTINGS, 0, 0, new byte[0]))) {
      raw.send(frame(HEADERS, END_STREAM, 1, get(PAGE)));
      try {
        // So few that no limit on frames is met.
        for (int i = 0; i < 10; i++) {
          raw.send(frame(CONTINUATION, 0, 1, literal("x-a", "b")));
          var unused = raw.frameWithin(DRIP);
        }
      } catch (IOException cut) {
        return;
      }
      raw.rest(); // ends, or the test times out
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = CUT, mode = ResourceAccessMode.READ)
  void aFrameThatDoesNotEndIsCut() throws IOException {
    for (List<byte[]> half :
        List.of(
            List.of(Arrays.copyOf(PREFACE, 20)),
            List.of(PREFACE, Arrays.copyOf(settings(WINDOW, 0), 5)),
            List.of(PREFACE, Arrays.copyOf(settings(WINDOW, 0), 11)))) {
      try (Raw raw = new Raw(engine.port())) {
        for (byte[] part : half) {
          raw.send(part);
        }
        raw.rest(); // ends, or the test times out
      }
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = CUT, mode = ResourceAccessMode.READ)
  void aBodyThatDripsIsReset() throws IOException {
    try (Raw raw = connect(frame(SETTINGS, 0, 0, new byte[0]))) {
      raw.send(frame(HEADERS, END_HEADERS, 1, get(PAGE)));
      boolean isReset = false;
      for (int i = 0; !isReset && i < 100; i++) {
        byte[] next = raw.frameWithin(DRIP);
        if (next == null) {
          raw.send(frame(DATA, 0, 1, new byte[1]));
        } else {
          isReset = type(next) == RESET && stream(next) == 1;
        }
      }
      assertThat(isReset).isTrue();
    }
  }

  private Raw connect(byte[] settings) throws IOException {
    return new Raw(engine.port()).send(PREFACE).send(settings);
  }

  private long cut() {
    Matcher cut =
        Pattern.compile("podium_read_connections_cut_total (\\d+)")
            .matcher(text(admin.get("/metrics")));
    assertThat(cut.find()).isTrue();
    return Long.parseLong(cut.group(1));
  }

  /** Bytes of its body until a stream is reset. */
  private static int reset(Raw raw, int stream) throws IOException {
    int body = 0;
    for (byte[] next = raw.frame(); type(next) != RESET; next = raw.frame()) {
      body += type(next) == DATA && stream(next) == stream ? next.length - 9 : 0;
    }
    return body;
  }

  /** Until a stream's answer has ended. */
  private static void whole(Raw raw, int stream) throws IOException {
    for (byte[] next = raw.frame();
        type(next) != DATA || stream(next) != stream || (next[4] & END_STREAM) == 0;
        next = raw.frame()) {
      assertThat(type(next)).isNotEqualTo(RESET);
    }
  }

  private static int type(byte[] frame) {
    return frame[3];
  }

  private static int stream(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(5);
  }
}
