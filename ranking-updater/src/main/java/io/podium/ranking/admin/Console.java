package io.podium.ranking.admin;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The console's files, from the jar, held in memory. Only those named here exist; only what the
 * login page needs is given to strangers.
 */
final class Console {
  static final String LOGIN = "/login";
  static final String HOME = "/console/";
  private static final String FOLDER = "/console/";
  private static final String HEAD = "<!-- head.html -->";
  private static final Set<String> OPEN =
      Set.of(LOGIN, "/login.js", "/console/console.css", "/console/text.js");

  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry(LOGIN, "login.html"),
          Map.entry("/login.js", "login.js"),
          Map.entry(HOME, "index.html"),
          Map.entry("/console/console.css", "console.css"),
          Map.entry("/console/app.js", "app.js"),
          Map.entry("/console/api.js", "api.js"),
          Map.entry("/console/board.js", "board.js"),
          Map.entry("/console/product.js", "product.js"),
          Map.entry("/console/tables.js", "tables.js"),
          Map.entry("/console/chart.js", "chart.js"),
          Map.entry("/console/dom.js", "dom.js"),
          Map.entry("/console/text.js", "text.js"));

  private final Map<String, byte[]> held = new LinkedHashMap<>();

  Console() {
    String head = new String(read("head.html"), StandardCharsets.UTF_8).stripTrailing();
    FILES.forEach((path, file) -> held.put(path, whole(read(file), file, head)));
  }

  /** Pages begin alike. */
  private static byte[] whole(byte[] file, String name, String head) {
    if (!name.endsWith(".html")) {
      return file;
    }
    String page = new String(file, StandardCharsets.UTF_8);
    return page.replace(HEAD, head.stripLeading()).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(String file) {
    try (InputStream in = Console.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("missing in the jar: " + FOLDER + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isOpen(String path) {
    return OPEN.contains(path);
  }

  boolean has(String path) {
    return held.containsKey(path);
  }

  /** False when there is no such file. */
  boolean send(HttpServerRequest request, String path) {
    byte @Nullable [] file = held.get(path);
    if (file == null) {
      return false;
    }
    String name = FILES.getOrDefault(path, "");
    String type =
        name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "text/html";
    request
        .response()
        .putHeader("Content-Type", type + "; charset=utf-8")
        .end(io.vertx.core.buffer.Buffer.buffer(file));
    return true;
  }
}
