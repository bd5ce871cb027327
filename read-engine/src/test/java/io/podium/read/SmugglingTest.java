package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code smuggling.txt}: refused or closed, never read as two requests. */
@ExtendWith(LiveShop.class)
class SmugglingTest {
  private static final String GET = "GET /v1/boards HTTP/1.1\r\nHost: x\r\n";
  private static final String END = GET + "Connection: close\r\n\r\n";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ");
  private static final Pattern REPEAT = Pattern.compile("\\{(.)\\*([0-9]+)}");
  private static final int FEWEST = 80;

  private final int port;

  SmugglingTest(LiveShop.Running live) {
    this.port = live.engine.port();
  }

  static Stream<Arguments> table() throws IOException {
    try (InputStream in = SmugglingTest.class.getResourceAsStream("smuggling.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split(" \\| ", 3))
          .map(c -> Arguments.of(c[0], c[1], bytes(c[2])));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void isNeverReadAsTwoRequests(String name, String expected, String request) throws IOException {
    String answers = String.join(" ", exchange(request));
    assertThat(List.of(expected.split(",")))
        .as(name)
        .contains(answers.isEmpty() ? "closed" : answers);
  }

  /** Whatever is split where: the same answer. */
  @Test
  void piecesMakeNoDifference() throws IOException {
    String request = GET + "Content-Length: 3\r\n\r\nabc" + END;
    for (int cut = 1; cut < request.length(); cut += 7) {
      assertThat(exchange(request.substring(0, cut), request.substring(cut)))
          .as("cut at " + cut)
          .containsExactly("413");
    }
  }

  @Test
  void theTableIsLong() throws IOException {
    assertThat(table().count()).isGreaterThanOrEqualTo(FEWEST);
  }

  private static String bytes(String text) {
    String all = REPEAT.matcher(text).replaceAll(SmugglingTest::repeated);
    StringBuilder raw = new StringBuilder();
    for (int i = 0; i < all.length(); i++) {
      char c = all.charAt(i);
      if (c != '\\') {
        raw.append(c);
        continue;
      }
      char escaped = all.charAt(++i);
      switch (escaped) {
        case 'r' -> raw.append('\r');
        case 'n' -> raw.append('\n');
        case 't' -> raw.append('\t');
        case '0' -> raw.append('\0');
        case 'x' -> raw.append((char) Integer.parseInt(all.substring(i + 1, (i += 2) + 1), 16));
        default -> raw.append(escaped);
      }
    }
    return raw.toString().replace("{GET}", GET).replace("{END}", END);
  }

  private static String repeated(java.util.regex.MatchResult match) {
    return match.group(1).repeat(Integer.parseInt(match.group(2)));
  }

  /** The statuses of all answers until the server closes; fails when it does not. */
  private List<String> exchange(String... pieces) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      try {
        for (String piece : pieces) {
          socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
        }
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
          text.append((char) b);
        }
      } catch (SocketException reset) {
        // Closed with bytes unread: what came before is what counts.
      }
    }
    List<String> statuses = new ArrayList<>();
    Matcher matcher = STATUS.matcher(text);
    while (matcher.find()) {
      statuses.add(matcher.group(1));
    }
    return statuses;
  }
}
