package io.podium.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One page of the {@link Browser}, used as a person would: keys, clicks, looking. */
final class Tab implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_TABS = 600;

  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

  /** Errors of scripts, refusals of the content policy, dialogs: there are to be none. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  Tab(HttpClient client, String address) {
    socket = client.newWebSocketBuilder().buildAsync(URI.create(address), new Ear()).join();
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private void heard(String message) {
    try {
      JsonNode told = JSON.readTree(message);
      CompletableFuture<JsonNode> answer = asked.remove(told.path("id").asInt(-1));
      String event = told.path("method").asText();
      boolean error =
          event.equals("Log.entryAdded")
              && told.at("/params/entry/level").asText().equals("error")
              && !told.at("/params/entry/source").asText().equals("network");
      if (answer != null) {
        answer.complete(told);
      } else if (error
          || event.equals("Runtime.exceptionThrown")
          || event.equals("Page.javascriptDialogOpening")) {
        complaints.add(message);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    Map<String, Object> message = Map.of("id", id, "method", method, "params", parameters);
    socket.sendText(JSON.writeValueAsString(message), true).join();
    JsonNode told = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(told.path("error").isMissingNode()).as(method + told).isTrue();
    return told.path("result");
  }

  void begin(int width, int height) throws Exception {
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void go(String url) throws Exception {
    call("Page.navigate", Map.of("url", url));
  }

  /** The value of a JavaScript expression. */
  JsonNode eval(String expression) throws Exception {
    Map<String, Object> wanted = Map.of("expression", expression, "returnByValue", true);
    JsonNode told = call("Runtime.evaluate", wanted);
    assertThat(told.has("exceptionDetails")).as(expression + told).isFalse();
    return told.at("/result/value");
  }

  /** Waits until the expression is true, also across the loading of a page. */
  void until(String expression) throws Exception {
    Await.until(expression, PATIENCE, () -> isTrue(expression));
  }

  private boolean isTrue(String expression) throws Exception {
    Map<String, Object> wanted = Map.of("expression", expression, "returnByValue", true);
    return call("Runtime.evaluate", wanted).at("/result/value").asBoolean();
  }

  void untilSeen(String selector) throws Exception {
    until(element(selector) + " !== null");
  }

  String text(String selector) throws Exception {
    untilSeen(selector);
    return eval(element(selector) + ".textContent").asText();
  }

  static String element(String selector) throws IOException {
    return "document.querySelector(" + JSON.writeValueAsString(selector) + ")";
  }

  void click(String selector) throws Exception {
    untilSeen(selector);
    eval(element(selector) + ".scrollIntoView({block: 'center'})");
    JsonNode box =
        eval(
            "(({x, y, width, height}) => ({x: x + width / 2, y: y + height / 2}))("
                + element(selector)
                + ".getBoundingClientRect())");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              box.path("x").asDouble(),
              "y",
              box.path("y").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** By the keyboard alone: on to the element with Tab, then Enter. */
  void enter(String selector) throws Exception {
    reach(selector);
    press("Enter", 13, "\r");
  }

  void reach(String selector) throws Exception {
    untilSeen(selector);
    String there = "document.activeElement === " + element(selector);
    for (int i = 0; !isTrue(there); i++) {
      assertThat(i).as("reached with Tab: " + selector).isLessThan(MOST_TABS);
      press("Tab", 9, "");
    }
  }

  void press(String key, int code, String text) throws Exception {
    Map<String, Object> down =
        Map.of(
            "type",
            text.isEmpty() ? "rawKeyDown" : "keyDown",
            "key",
            key,
            "code",
            key,
            "windowsVirtualKeyCode",
            code,
            "text",
            text);
    call("Input.dispatchKeyEvent", down);
    call(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
  }

  /** Types into whatever has the focus. */
  void type(String text) throws Exception {
    call("Input.insertText", Map.of("text", text));
  }

  /** Nothing lies beyond the edge of the window. */
  void fits() throws Exception {
    assertThat(eval("document.documentElement.scrollWidth").asInt())
        .as("width of what is shown")
        .isLessThanOrEqualTo(eval("innerWidth").asInt());
  }

  void shoot(Path file) throws Exception {
    String data = call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  @Override
  public void close() {
    socket.abort();
  }
}
