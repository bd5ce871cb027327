package io.podium.ranking.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankCommandTest {
  private static final String BOARDS =
      """
      boards:
        best-sellers:
          score: units
          window: PT1H
          clock: event
          currency: KRW
          size: 2
          slices: [[], [category], [buyer.ageGroup], [category, buyer.ageGroup]]
        trending:
          score: { order.placed: 10, product.viewed: 1 }
          halfLife: PT30M
          slices: [[]]
      """;

  @TempDir private Path dir = Path.of("");
  private Path boards = Path.of("");
  private Path events = Path.of("");

  @BeforeEach
  void write() throws IOException {
    boards = Files.writeString(dir.resolve("boards.yaml"), BOARDS);
    events =
        Files.writeString(
            dir.resolve("events.jsonl"),
            card("2026-11-22T08:00:00Z", "상품-1", "{\"category\":\"뷰티/스킨케어\"}")
                + "\n"
                + placed("o1", "2026-11-22T09:00:00Z", "상품-1", 3)
                + "\r\n   \n"
                + placed("o2", "2026-11-22T09:10:00Z", "P2", 2)
                + viewed("v1", "2026-11-22T09:40:00Z", "P2"));
  }

  private static String event(String id, String type, String time, String data) {
    return "{\"specversion\":\"1.0\",\"id\":\""
        + id
        + "\",\"source\":\"/t\",\"type\":\""
        + type
        + "\",\"time\":\""
        + time
        + "\",\"data\":"
        + data
        + "}\n";
  }

  private static String placed(String order, String time, String product, int quantity) {
    return event(
        order,
        "order.placed",
        time,
        "{\"orderId\":\""
            + order
            + "\",\"buyer\":{\"ageGroup\":\"20s\"},\"lines\":[{\"productId\":\""
            + product
            + "\",\"quantity\":"
            + quantity
            + ",\"unitPrice\":100}]}");
  }

  private static String viewed(String id, String time, String product) {
    return event(id, "product.viewed", time, "{\"productId\":\"" + product + "\"}");
  }

  private static String card(String time, String product, String card) {
    return event(
        "c-" + product,
        "product.upserted",
        time,
        "{\"productId\":\"" + product + "\",\"card\":" + card + "}");
  }

  private Command rank(String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "--boards";
    arguments[1] = boards.toString();
    arguments[2] = "--events";
    arguments[3] = events.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Command.rank(arguments);
  }

  private static String refusal(Command run) {
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    return run.err();
  }

  @Test
  void everySliceThatIsNotEmpty_isPrintedInAFixedOrder() {
    Command run = rank();

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .hasSize(7)
        .extracting(line -> line.replaceAll(",\"asOf.*", ""))
        .containsExactly(
            "{\"board\":\"best-sellers\",\"slice\":{}",
            "{\"board\":\"best-sellers\",\"slice\":{\"category\":\"뷰티\"}",
            "{\"board\":\"best-sellers\",\"slice\":{\"category\":\"뷰티/스킨케어\"}",
            "{\"board\":\"best-sellers\",\"slice\":{\"buyer.ageGroup\":\"20s\"}",
            "{\"board\":\"best-sellers\",\"slice\":{\"buyer.ageGroup\":\"20s\",\"category\":\"뷰티\"}",
            "{\"board\":\"best-sellers\",\"slice\":{\"buyer.ageGroup\":\"20s\","
                + "\"category\":\"뷰티/스킨케어\"}",
            "{\"board\":\"trending\",\"slice\":{}");
  }

  @Test
  void line_hasTheShapeOfTheContract() {
    assertThat(rank("--board", "best-sellers", "--slice", "category=뷰티").out())
        .matches(
            "\\{\"board\":\"best-sellers\",\"slice\":\\{\"category\":\"뷰티\"},"
                + "\"asOf\":\"2026-11-22T09:40:00Z\",\"hash\":\"[0-9a-f]{64}\","
                + "\"organic\":\\[\\{\"productId\":\"상품-1\",\"score\":3}],"
                + "\"items\":\\[\\{\"rank\":1,\"productId\":\"상품-1\",\"promoted\":false}]}\\R");
  }

  @Test
  void stream_timeIsTheGreatestEventTime_onEitherClock() {
    assertThat(rank("--slice", "category=없음").out()).contains("\"asOf\":\"2026-11-22T09:40:00Z\"");
    assertThat(rank("--board", "trending").out()).contains("\"asOf\":\"2026-11-22T09:40:00Z\"");
  }

  @Test
  void halfLifeScores_areDividedByTwoToTheFortieth() {
    assertThat(rank("--board", "trending", "--at", "2026-11-22T09:40:59Z").out())
        .contains("{\"productId\":\"상품-1\",\"score\":11.905507")
        .contains("{\"productId\":\"P2\",\"score\":11.0}");
  }

  @Test
  void at_leavesOutWhatIsLater() {
    String early = rank("--board", "best-sellers", "--at", "2026-11-22T09:05:00+00:00").out();

    assertThat(early).contains("상품-1").doesNotContain("P2").contains("\"2026-11-22T09:05:00Z\"");
  }

  @Test
  void at_isTheSameAsStreamTime_whereTheyMeet() {
    assertThat(rank("--at", "2026-11-22T09:40:00Z").out()).isEqualTo(rank().out());
  }

  @Test
  void cancellationThatNamesAnOrder_countsWhenever() throws IOException {
    Files.writeString(
        events,
        placed("o1", "2026-11-22T09:00:00Z", "P1", 3)
            + event("x", "order.cancelled", "2026-11-23T00:00:00Z", "{\"orderId\":\"o1\"}")
            + placed("o2", "2026-11-22T09:00:00Z", "P2", 1));

    assertThat(
            rank(
                    "--board",
                    "best-sellers",
                    "--slice",
                    "ageGroup=20s",
                    "--at",
                    "2026-11-22T09:05:00Z")
                .out())
        .contains("P2")
        .doesNotContain("P1");
  }

  @Test
  void slice_namesDimensionsByFullNameOrLastPart_evenWhenEmpty() {
    assertThat(rank("--slice", "category=뷰티", "--slice", "ageGroup=20s").out())
        .isEqualTo(rank("--slice", "buyer.ageGroup=20s", "--slice", "category=뷰티").out())
        .contains("상품-1");
    assertThat(rank("--slice", "category=food").out())
        .contains("\"slice\":{\"category\":\"food\"}")
        .contains("\"organic\":[],\"items\":[]");
  }

  @Test
  void rules_areReadFromAFile() throws IOException {
    Path rules = dir.resolve("rules.json");
    Files.writeString(
        rules,
        "[{\"id\":\"1\",\"board\":\"best-sellers\",\"productId\":\"P9\",\"action\":\"pin\","
            + "\"place\":1}]");

    assertThat(rank("--rules", rules.toString(), "--board", "best-sellers").out())
        .contains("{\"rank\":1,\"productId\":\"P9\",\"promoted\":true}");
    Files.writeString(rules, "[{\"id\":\"1\"}]");
    assertThat(refusal(rank("--rules", rules.toString()))).contains("rules.json", "[0].");
    assertThat(refusal(rank("--rules", "nowhere.json"))).contains("nowhere.json");
    assertThat(refusal(rank("--rules", dir.toString()))).contains(dir.toString());
  }

  @Test
  void gzip_isRecognised() throws IOException {
    byte[] plain = Files.readAllBytes(events);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    String expected = rank().out();
    Files.write(events, packed.toByteArray());

    assertThat(rank().out()).isEqualTo(expected);
  }

  @Test
  void boards_mayBeBare_orPartOfAWholeConfiguration() throws IOException {
    String expected = rank().out();
    Files.writeString(boards, BOARDS.replaceFirst("boards:\n", "").replaceAll("(?m)^  ", ""));
    assertThat(rank().out()).isEqualTo(expected);

    Files.writeString(boards, BOARDS + "engine: { port: 8080 }\n");
    assertThat(rank().out()).isEqualTo(expected);

    Files.writeString(boards, BOARDS + "engin: { port: 8080 }\n");
    assertThat(refusal(rank())).contains("engin");
  }

  @Test
  void badLines_areCountedByReason_andStopOnlyAStrictRun() throws IOException {
    Files.writeString(
        events,
        "nothing\n"
            + placed("o1", "2026-11-22T09:00:00Z", "P1", 0)
            + placed("o2", "2026-11-22T09:00:00Z", "P1", -1)
            + "x".repeat(1_000_000)
            + "\n"
            + placed("o3", "2026-11-22T09:00:00Z", "P1", 7));

    Command run = rank("--board", "best-sellers");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("\"score\":7");
    assertThat(run.err()).contains("4 rejected {json=1, quantity=2, too-large=1}");
    assertThat(refusal(rank("--strict"))).contains("line 1: rejected: json");
  }

  @Test
  void eventsWithoutATime_haveNoListings() throws IOException {
    Files.writeString(events, "");

    assertThat(rank().out()).isEmpty();
    assertThat(rank().status()).isZero();
    assertThat(refusal(rank("--slice", "category=x"))).contains("--at");
    assertThat(rank("--slice", "category=x", "--at", "2026-11-22T09:00:00Z").out())
        .contains("\"organic\":[]");
  }

  @Test
  void wrongUse_isToldInOneLine() throws IOException {
    assertThat(refusal(rank("--board", "best"))).contains("best", "best-sellers, trending");
    assertThat(refusal(rank("--slice", "brand=x"))).contains("brand=x", "category");
    assertThat(refusal(rank("--slice", "category"))).contains("DIMENSION=VALUE");
    assertThat(refusal(rank("--slice", "category=a", "--slice", "category=b"))).contains("twice");
    assertThat(refusal(rank("--slice", "ageGroup=a", "--slice", "buyer.ageGroup=b")))
        .contains("no board has it");
    assertThat(refusal(rank("--slice", "category=\uFFFD"))).contains("LC_ALL");
    assertThat(refusal(rank("--at", "now"))).contains("--at now");
    assertThat(refusal(rank("--from", "now"))).contains("--from", "--help");
    assertThat(refusal(Command.rank("--boards", boards.toString()))).contains("--events");
    assertThat(refusal(Command.rank("--boards", boards.toString(), "--events", "nowhere.jsonl")))
        .contains("nowhere.jsonl");
    assertThat(refusal(Command.rank("--boards", "nowhere.yaml", "--events", events.toString())))
        .contains("nowhere.yaml");
    assertThat(refusal(Command.rank("--boards", dir.toString(), "--events", events.toString())))
        .contains(dir.toString());
    assertThat(refusal(Command.rank("--boards", boards.toString(), "--events", dir.toString())))
        .contains(dir.toString());
    Files.writeString(boards, BOARDS.replace("PT1H", "PT90S"));
    assertThat(refusal(rank())).contains("boards.best-sellers.window", "PT90S");
    Files.writeString(boards, "{");
    assertThat(refusal(rank())).contains("boards.yaml");
  }

  @Test
  void help_isThere() {
    assertThat(Command.run("--help").out()).contains("rank");
    assertThat(Command.run("rank", "--help").out()).contains("--boards", "--slice");
    assertThat(Command.run("rank", "--help").status()).isZero();
    assertThat(refusal(Command.run())).contains("--help");
    assertThat(refusal(Command.run("rnak"))).contains("rnak");
  }

  /** The real command: its own process, standard input, a locale that knows no Korean. */
  @Test
  void process_printsUtf8AndTheExitStatus() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.podium.ranking.Main",
            "rank",
            "--boards",
            boards.toString(),
            "--events",
            "-");
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(events.toFile());
    builder.redirectError(dir.resolve("err").toFile());
    builder.redirectOutput(dir.resolve("out").toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(Files.readString(dir.resolve("err"), UTF_8)).isEmpty();
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readString(dir.resolve("out"), UTF_8)).isEqualTo(rank().out());
  }
}
