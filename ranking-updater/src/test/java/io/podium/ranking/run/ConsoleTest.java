package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

/** The console's pages and its door as a browser meets them, where there is no browser. */
class ConsoleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"([^\"#][^\"]*)\"|from '(\\./[^']+)'");
  private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

  @TempDir static Path dir;
  private static RunningDesk desk;

  @BeforeAll
  static void start() throws Exception {
    desk = new RunningDesk(dir);
    desk.updater.settled();
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String cookie() throws Exception {
    HttpResponse<String> in = desk.call("POST", "/admin/v1/login", "{\"token\":\"one\"}");
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
      HttpResponse<String> answer = desk.call("GET", path, "", "Cookie", cookie);
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
    String text = desk.call("GET", "/console/text.js", "").body();
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
  void aTargetThatIsNotPercentEncodedIsRefused() throws Exception {
    for (String target :
        List.of(
            "/admin/v1/rules?x=%zz",
            "/admin/v1/rules?%",
            "/admin/v1/dead-letters?limit=%zz",
            "/admin/v1/session?x=%e",
            "/admin/v1/evidence/%zz",
            "/metrics?x=%zz",
            "/login?x=%zz")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.updater.adminPort)) {
        socket.setSoTimeout(20_000);
        String request =
            "GET " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer one\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] status = socket.getInputStream().readNBytes(12);
        assertThat(new String(status, StandardCharsets.US_ASCII))
            .as(target)
            .isEqualTo("HTTP/1.1 400");
      }
    }
  }

  @Test
  void aScriptInAReasonStaysTextInAnAnswerThatNoBrowserRuns() throws Exception {
    String[] admin = {"Authorization", "Bearer one"};
    String rule =
        JSON.createObjectNode()
            .put("id", "x")
            .put("board", "best")
            .put("productId", SCRIPT)
            .put("action", "hide")
            .put("reason", SCRIPT)
            .toString();
    HttpResponse<String> made = desk.call("POST", "/admin/v1/rules", rule, admin);
    assertThat(made.statusCode()).as(made.body()).isIn(201, 400);
    String safe = rule.replace("\"productId\":\"" + SCRIPT + "\"", "\"productId\":\"P1\"");
    assertThat(desk.call("POST", "/admin/v1/rules", safe, admin).statusCode()).isIn(200, 201);
    for (String path : List.of("/admin/v1/rules", "/admin/v1/rules/x", "/admin/v1/audit")) {
      HttpResponse<String> answer = desk.call("GET", path, "", admin);
      assertThat(header(answer, "Content-Type")).as(path).startsWith("application/json");
      assertThat(header(answer, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(header(answer, "Content-Security-Policy")).as(path).contains("default-src 'none'");
      JsonNode told = JSON.readTree(answer.body());
      assertThat(told.findValuesAsText("reason")).as(path).contains(SCRIPT);
    }
    HttpResponse<String> refused =
        desk.call("GET", "/admin/v1/evidence/%3Cscript%3Ealert(1)%3C%2Fscript%3E/P1", "", admin);
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(header(refused, "Content-Type")).startsWith("application/problem+json");
    assertThat(header(refused, "X-Content-Type-Options")).isEqualTo("nosniff");
  }

  /** As the updater itself lists them, and all files of the console. */
  private static List<String> routes() throws Exception {
    HttpResponse<String> none = desk.as("one", "GET", "/nothing", "");
    assertThat(none.statusCode()).isEqualTo(404);
    String told = JSON.readTree(none.body()).path("detail").asText();
    List<String> paths = new ArrayList<>(loaded(cookie()).keySet());
    paths.removeAll(List.of("/login", "/login.js", "/console/console.css", "/console/text.js"));
    Matcher route = Pattern.compile("/admin/v1/[a-z-]+").matcher(told);
    while (route.find()) {
      paths.add(route.group());
      paths.add(route.group() + "/best/P1");
    }
    for (String part : List.of("epochs", "diff", "products/P1", "rollback", "release")) {
      paths.add("/admin/v1/listings/best/" + part);
    }
    paths.addAll(List.of("/", "/console", "/nothing", "/admin/v1", "/metrics/x", "/health"));
    paths.remove("/admin/v1/login");
    return paths;
  }

  private static void refused(String method, String path, String... headers) throws Exception {
    HttpResponse<String> answer = desk.call(method, path, "{}", headers);
    boolean toLogin = answer.statusCode() == 303 && header(answer, "Location").equals("/login");
    assertThat(answer.statusCode() == 401 || toLogin).as(method + " " + path).isTrue();
  }

  @Test
  void nothingIsToldWithoutACredential() throws Exception {
    List<String> paths = routes();
    assertThat(paths)
        .contains(
            "/console/app.js",
            "/admin/v1/rules",
            "/admin/v1/evidence/best/P1",
            "/admin/v1/reports",
            "/admin/v1/dead-letters",
            "/admin/v1/session");
    for (String path : paths) {
      for (String method : List.of("GET", "POST", "DELETE", "PUT")) {
        refused(method, path);
      }
      refused("GET", path, "Cookie", "podium_admin=x");
    }
  }

  @Test
  void aBrowserLogsInWithACookieAndChangesWithItsToken() throws Exception {
    assertThat(desk.call("POST", "/admin/v1/login", "{\"token\":\"no\"}").statusCode())
        .isEqualTo(401);
    HttpResponse<String> in = desk.call("POST", "/admin/v1/login", "{\"token\":\"two\"}");
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
    String value = cookie.substring(0, cookie.indexOf(';'));
    String csrf = JSON.readTree(in.body()).path("csrf").asText();
    HttpResponse<String> page = desk.call("GET", "/console/", "", "Cookie", value);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    String rule =
        "{\"id\":\"c\",\"board\":\"best\",\"productId\":\"P7\",\"action\":\"hide\",\"reason\":\"r\"}";
    assertThat(desk.call("POST", "/admin/v1/rules", rule, "Cookie", value).statusCode())
        .isEqualTo(403);
    String[] both = {"Cookie", value, "X-CSRF-Token", csrf};
    HttpResponse<String> made = desk.call("POST", "/admin/v1/rules", rule, both);
    assertThat(JSON.readTree(made.body()).path("author").asText()).isEqualTo("merch-2");
    assertThat(desk.call("POST", "/admin/v1/logout", "", both).statusCode()).isEqualTo(204);
    assertThat(desk.call("GET", "/admin/v1/rules", "", "Cookie", value).statusCode())
        .isEqualTo(401);
  }
}
