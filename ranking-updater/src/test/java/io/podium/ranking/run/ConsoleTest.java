package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's pages as a browser would load them, where there is no browser. */
class ConsoleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"([^\"#][^\"]*)\"|from '(\\./[^']+)'");
  private static final String BOARDS =
      """
        best:
          score: units
          window: PT24H
          slices: [[]]
      """;
  private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

  @TempDir static Path dir;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Backends stores;
  private static UpdaterProcess updater;

  @BeforeAll
  static void start() throws Exception {
    stores = new Backends(dir.resolve("stores"));
    updater = new UpdaterProcess(dir, "a", stores, BOARDS);
    updater.settled();
  }

  @AfterAll
  static void stop() {
    updater.close();
    stores.close();
  }

  private static HttpResponse<String> call(
      String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + updater.adminPort + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String cookie() throws Exception {
    HttpResponse<String> in = call("POST", "/admin/v1/login", "{\"token\":\"admin\"}");
    String set = header(in, "Set-Cookie");
    return set.substring(0, set.indexOf(';'));
  }

  /** All that the pages load, directly or through modules, by path. */
  private static Map<String, HttpResponse<String>> loaded(String cookie) throws Exception {
    Map<String, HttpResponse<String>> all = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(List.of("/login", "/console/"));
    while (!open.isEmpty()) {
      String path = open.removeFirst();
      if (all.containsKey(path)) {
        continue;
      }
      HttpResponse<String> answer = call("GET", path, "", "Cookie", cookie);
      all.put(path, answer);
      Matcher m = REFERENCE.matcher(answer.body());
      while (m.find()) {
        String found = m.group(1) == null ? m.group(2) : m.group(1);
        if (!found.startsWith("data:")) {
          open.add(URI.create(path).resolve(found).toString());
        }
      }
    }
    return all;
  }

  @Test
  void everyPageAndModuleLoadsFromHereAndMayRunNothingElse() throws Exception {
    Map<String, HttpResponse<String>> all = loaded(cookie());
    assertThat(all.keySet())
        .contains("/console/app.js", "/console/product.js", "/console/console.css", "/login.js");
    all.forEach(
        (path, answer) -> {
          assertThat(answer.statusCode()).as(path).isEqualTo(200);
          String type =
              path.endsWith(".js") ? "javascript" : path.endsWith(".css") ? "css" : "html";
          assertThat(header(answer, "Content-Type")).as(path).contains(type, "utf-8");
          assertThat(header(answer, "Content-Security-Policy"))
              .as(path)
              .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
              .doesNotContain("unsafe", "http", "*");
          assertThat(header(answer, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
          assertThat(answer.body())
              .as(path)
              .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(")
              .doesNotContainPattern("<script>|<script(?![^>]* src=)|\\son[a-z]+=\"")
              .doesNotContainPattern("(src|href|url\\(|from |import\\()['\"]?(https?:)?//");
        });
  }

  @Test
  void bothLanguagesHaveTheSameWords() throws Exception {
    String text = call("GET", "/console/text.js", "").body();
    int ko = text.indexOf("  ko: {");
    assertThat(words(text.substring(text.indexOf("  en: {") + 7, ko)))
        .isEqualTo(words(text.substring(ko + 7, text.indexOf("\n};", ko))))
        .hasSizeGreaterThan(80);
  }

  private static Set<String> words(String text) {
    Set<String> keys = new TreeSet<>();
    Matcher m = Pattern.compile("(?:^|, |\\n\\s+)'?([A-Za-z0-9_.-]+)'?: (?=['(])").matcher(text);
    while (m.find()) {
      keys.add(m.group(1));
    }
    return keys;
  }

  @Test
  void aScriptInAReasonStaysTextInAnAnswerThatNoBrowserRuns() throws Exception {
    String[] admin = {"Authorization", "Bearer admin"};
    String rule =
        JSON.createObjectNode()
            .put("id", "x")
            .put("board", "best")
            .put("productId", SCRIPT)
            .put("action", "hide")
            .put("reason", SCRIPT)
            .toString();
    HttpResponse<String> made = call("POST", "/admin/v1/rules", rule, admin);
    assertThat(made.statusCode()).as(made.body()).isIn(201, 400);
    String safe = rule.replace("\"productId\":\"" + SCRIPT + "\"", "\"productId\":\"P1\"");
    assertThat(call("POST", "/admin/v1/rules", safe, admin).statusCode()).isIn(200, 201);
    for (String path : List.of("/admin/v1/rules", "/admin/v1/rules/x", "/admin/v1/audit")) {
      HttpResponse<String> answer = call("GET", path, "", admin);
      assertThat(header(answer, "Content-Type")).as(path).startsWith("application/json");
      assertThat(header(answer, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(header(answer, "Content-Security-Policy")).as(path).contains("default-src 'none'");
      JsonNode told = JSON.readTree(answer.body());
      assertThat(told.findValuesAsText("reason")).as(path).contains(SCRIPT);
    }
    HttpResponse<String> refused =
        call("GET", "/admin/v1/evidence/%3Cscript%3Ealert(1)%3C%2Fscript%3E/P1", "", admin);
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(header(refused, "Content-Type")).startsWith("application/problem+json");
    assertThat(header(refused, "X-Content-Type-Options")).isEqualTo("nosniff");
  }
}
