package io.podium.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.podium.backends.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The operator's page of the demo: buttons that break things, the shop beside them, and how it
 * fares. On loopback, and in the demo only. Buttons need a header that no other page can send.
 */
final class OperatorPanel implements AutoCloseable {
  private static final String PATH = "/operator/";
  private static final String HEADER = "X-Podium-Operator";
  private static final Map<String, String> FILES =
      Map.of(
          "", "text/html; charset=utf-8", "panel.js", "text/javascript", "panel.css", "text/css");

  private final Faults faults;
  private final Supplier<Map<String, Object>> live;
  private final Front front;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "operator");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param port free
   * @param live how the shop fares, as JSON
   */
  OperatorPanel(int port, String engine, Faults faults, Supplier<Map<String, Object>> live)
      throws IOException {
    this.faults = faults;
    this.live = live;
    this.front = new Front(engine);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The wanted port when it is free, else any. */
  static int port(int wanted) {
    return FreePorts.isFree(wanted) ? wanted : FreePorts.next();
  }

  static String url(int port) {
    return "http://localhost:" + port + PATH;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!isHere(exchange.getRequestHeaders().getFirst("Host"))) {
        exchange.sendResponseHeaders(403, -1);
      } else if (!path.startsWith(PATH)) {
        front.pass(exchange);
      } else {
        operator(exchange, path.substring(PATH.length()));
      }
    }
  }

  /** A name that somebody else's page made point here is not ours. */
  private static boolean isHere(String host) {
    return host != null && host.matches("(localhost|127\\.0\\.0\\.1)(:\\d+)?");
  }

  private void operator(HttpExchange exchange, String name) throws IOException {
    if (name.equals("state")) {
      Map<String, Object> state =
          Map.of("faults", faults.names(), "on", faults.lasting(), "live", live.get());
      send(exchange, 200, "application/json", new ObjectMapper().writeValueAsBytes(state));
    } else if (name.startsWith("faults/") && exchange.getRequestMethod().equals("POST")) {
      boolean asked = exchange.getRequestHeaders().containsKey(HEADER);
      boolean known = asked && faults.press(name.substring("faults/".length()));
      exchange.sendResponseHeaders(known ? 204 : asked ? 404 : 403, -1);
    } else if (FILES.containsKey(name)) {
      file(exchange, name);
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private static void file(HttpExchange exchange, String name) throws IOException {
    String resource = "/operator/" + (name.isEmpty() ? "index.html" : name);
    try (InputStream in = OperatorPanel.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing from the build");
      }
      send(exchange, 200, FILES.getOrDefault(name, ""), in.readAllBytes());
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
