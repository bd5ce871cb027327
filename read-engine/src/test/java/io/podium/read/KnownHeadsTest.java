package io.podium.read;

import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A connection that repeats its header lines is answered as one that does not: whole requests, one
 * after the other, beside the same bytes in a single write, in which nothing is repeated.
 */
@ExtendWith(LiveShop.class)
class KnownHeadsTest {
  private static final int CONNECTIONS = 60;
  private static final int REQUESTS = 24;

  /** All of the board: no cursor of a next page, which would change with time. */
  private static final String PAGE = "/v1/rankings/best?size=50";

  private static final List<String> TARGETS =
      List.of(
          PAGE,
          "/v1/rankings/best?size=100",
          "/v1/rankings/best?size=7",
          "/v1/boards",
          "/v1/products/P1/ranks",
          "/v1/rankings/nothing",
          "/v1/rankings/best?size=5%30",
          "http://other.example" + PAGE);
  private static final List<String> HEADERS =
      List.of(
          "Host: x\r\n",
          "Host: x\r\nAccept-Encoding: gzip\r\n",
          "Host: x\r\nAccept-Encodinx: gzip\r\n", // as long as the one before
          "Host: x\r\nAccept-Language: ko\r\nX-Trace: 1\r\n",
          "Host: x\r\nIf-None-Match: *\r\n",
          "Host: x\r\nContent-Length: 0\r\n");

  private final int port;
  private final Http admin;

  KnownHeadsTest(LiveShop.Running live) {
    this.port = live.engine.port();
    this.admin = new Http(live.engine.adminPort());
  }

  @Test
  void whatIsTheSameIsKnown() throws IOException {
    String page = "GET " + PAGE + " HTTP/1.1\r\nHost: x\r\n";
    double before = known();
    try (Client client = new Client(port)) {
      for (int i = 0; i < 10; i++) {
        client.ask(page + "\r\n");
      }
      // The first one may have to be loaded.
      double taken = known();
      assertThat(taken - before).isBetween(6.0, 8.0);
      // What changes with each request is looked for a few times.
      for (int i = 0; i < 20; i++) {
        client.ask(page + "X-Number: " + i + "\r\n\r\n");
      }
      client.ask(page + "\r\n");
      client.ask(page + "\r\n");
      client.ask(page + "\r\n");
      assertThat(known()).isEqualTo(taken);
    }
  }

  @Test
  void aConnectionWhoseHeadsAreTooLongToKeepIsLookedAtAFewTimes() throws IOException {
    String page = "GET " + PAGE + " HTTP/1.1\r\nHost: x\r\n";
    double before = known();
    try (Client client = new Client(port)) {
      for (int i = 0; i < 12; i++) {
        assertThat(client.ask(page + "X-Line: 1\r\n".repeat(30) + "\r\n")).startsWith("200");
      }
      for (int i = 0; i < 4; i++) {
        assertThat(client.ask(page + "\r\n")).startsWith("200");
      }
      assertThat(known()).isEqualTo(before);
    }
  }

  private double known() {
    return text(admin.get("/metrics"))
        .lines()
        .filter(line -> line.startsWith("podium_read_known_heads_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  @Test
  void repeatedHeadsAreAnsweredAsHeadsThatAreNot() throws IOException {
    Random random = new Random(20_261_201);
    for (int i = 0; i < CONNECTIONS; i++) {
      List<String> requests = requests(random);
      assertThat(oneByOne(requests)).as("connection %d", i).isEqualTo(atOnce(requests));
    }
  }

  private static List<String> requests(Random random) {
    List<String> requests = new ArrayList<>();
    String headers = HEADERS.get(0);
    for (int i = 0; i < REQUESTS; i++) {
      if (random.nextInt(6) == 0) {
        headers = HEADERS.get(random.nextInt(HEADERS.size()));
      }
      String method = random.nextInt(12) == 0 ? "HEAD" : "GET";
      String target = TARGETS.get(random.nextInt(random.nextBoolean() ? 2 : TARGETS.size()));
      requests.add(method + " " + target + " HTTP/1.1\r\n" + headers + "\r\n");
    }
    return requests;
  }

  /** A head that the server does not take for itself must not be known from one that it does. */
  @Test
  void aRequestWithABodyIsNotKnown() throws IOException {
    String page = "GET " + PAGE + " HTTP/1.1\r\nHost: x\r\n\r\n";
    String body = "POST " + PAGE + " HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n";
    try (Client client = new Client(port)) {
      assertThat(client.ask(page)).startsWith("200");
      assertThat(client.ask(page)).startsWith("200");
      assertThat(client.ask(page)).startsWith("200");
      client.send(body.formatted(page.length()));
      client.send(page);
      assertThat(client.rest()).doesNotContain("HTTP/1.1 200");
    }
  }

  /** The end of a head that came in pieces is not the block of one that came whole. */
  @Test
  void piecesAreNotTakenForWholeRequests() throws IOException {
    String page = "GET " + PAGE + " HTTP/1.1\r\nHost: x\r\n\r\n";
    try (Client client = new Client(port)) {
      for (int cut = 1; cut < page.length(); cut++) {
        assertThat(client.ask(page)).startsWith("200");
        assertThat(client.ask(page)).startsWith("200");
        client.send(page.substring(0, cut));
        assertThat(client.ask(page.substring(cut))).startsWith("200");
      }
    }
  }

  /** What looks like a known request is the rest of a header line. */
  @Test
  void theValueOfALineIsNotKnown() throws IOException {
    String page = "GET " + PAGE + " HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Client client = new Client(port)) {
        client.ask(page);
        client.ask(page);
        client.ask(page);
        client.send("GET /v1/boards HTTP/1.1\r\nX-Line: ");
        assertThat(client.ask(page)).contains("\"boards\"");
      }
    }
  }

  @Test
  void aTargetThatTheServerRefusesIsRefusedBehindKnownLines() throws IOException {
    String headers = " HTTP/1.1\r\nHost: x\r\n\r\n";
    for (String target : List.of(PAGE + " x", "/\u00e9", "", "/v1/\tboards", "*")) {
      try (Client client = new Client(port)) {
        assertThat(client.ask("GET " + PAGE + headers)).startsWith("200");
        assertThat(client.ask("GET " + PAGE + headers)).startsWith("200");
        assertThat(client.ask("GET " + PAGE + headers)).startsWith("200");
        assertThat(client.ask("GET " + target + headers)).as(target).startsWith("4");
      }
    }
  }

  private List<String> oneByOne(List<String> requests) throws IOException {
    List<String> answers = new ArrayList<>();
    try (Client client = new Client(port)) {
      for (String request : requests) {
        answers.add(client.ask(request));
      }
    }
    return answers;
  }

  private List<String> atOnce(List<String> requests) throws IOException {
    List<String> answers = new ArrayList<>();
    try (Client client = new Client(port)) {
      client.send(String.join("", requests));
      for (String request : requests) {
        answers.add(client.answer(request.startsWith("HEAD")));
      }
    }
    return answers;
  }

  /** One connection, which reads answers one by one. */
  private static final class Client implements AutoCloseable {
    private static final List<String> COMPARED =
        List.of("etag", "content-type", "content-encoding", "content-length", "vary", "connection");

    private final Socket socket;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String ask(String request) throws IOException {
      send(request);
      return answer(request.startsWith("HEAD"));
    }

    /** Status, what does not change with time of the head, and the body. */
    String answer(boolean isHead) throws IOException {
      List<String> lines = head();
      String status = lines.get(0).substring("HTTP/1.1 ".length()).substring(0, 3);
      int length = 0;
      for (String line : lines) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
      boolean hasBody = !isHead && !status.equals("304");
      byte[] body = socket.getInputStream().readNBytes(hasBody ? length : 0);
      return status
          + lines.stream()
              .map(line -> line.toLowerCase(Locale.ROOT))
              .filter(line -> COMPARED.stream().anyMatch(name -> line.startsWith(name + ":")))
              .sorted()
              .collect(Collectors.joining("\n", "\n", "\n"))
          + new String(body, StandardCharsets.ISO_8859_1);
    }

    private List<String> head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("closed after " + head);
        }
        head.write(b);
      }
      return head.toString(StandardCharsets.ISO_8859_1).lines().toList();
    }

    /** Until the server closes. */
    String rest() throws IOException {
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(rest);
      } catch (SocketException reset) {
        // Closed with bytes of ours unread: what came before is what counts.
      }
      return rest.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
