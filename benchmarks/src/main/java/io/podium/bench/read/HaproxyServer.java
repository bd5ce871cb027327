package io.podium.bench.read;

import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** HAProxy that answers with the page itself, from memory: one thread, no backend, no log. */
final class HaproxyServer {
  private static final List<String> COPIED = List.of("Cache-Control", "Link", "Vary");

  private HaproxyServer() {}

  static Server start(Path dir, Answer identity, Answer gzip) throws IOException {
    String haproxy = Tool.find("haproxy", "apt install haproxy");
    int port = FreePorts.next();
    Path plain = dir.resolve("haproxy-page");
    Path packed = dir.resolve("haproxy-page.gz");
    Files.write(plain, identity.body());
    Files.write(packed, gzip.body());
    Path conf = dir.resolve("haproxy.cfg");
    Files.writeString(
        conf,
        """
        global
          nbthread 1
          maxconn 4096
        defaults
          mode http
          timeout client 600s
          timeout connect 5s
          timeout server 5s
          timeout http-keep-alive 600s
        frontend page
          bind 127.0.0.1:%d
          http-request return status 200 content-type "application/json; charset=utf-8" file %s hdr Content-Encoding gzip%s if { req.hdr(accept-encoding) -m sub gzip }
          http-request return status 200 content-type "application/json; charset=utf-8" file %s%s
        """
            .formatted(port, packed, headers(gzip), plain, headers(identity)),
        StandardCharsets.UTF_8);
    ChildProcess process =
        ChildProcess.start(
            "haproxy",
            List.of(haproxy, "-db", "-f", conf.toString()),
            Map.of(),
            dir.resolve("haproxy.log"));
    Server server = new Server("haproxy", process, port);
    return server.ready(server);
  }

  private static String headers(Answer page) {
    StringBuilder headers = new StringBuilder(" hdr ETag " + quoted(page.header("ETag")));
    for (String name : COPIED) {
      if (!page.header(name).isEmpty()) {
        headers.append(" hdr ").append(name).append(' ').append(quoted(page.header(name)));
      }
    }
    return headers.toString();
  }

  /** Within quotes; a percent sign begins a variable there. */
  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + '"';
  }
}
