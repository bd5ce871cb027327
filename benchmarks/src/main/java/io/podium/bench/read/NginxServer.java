package io.podium.bench.read;

import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * nginx as a team would tune it for one file: one worker, {@code gzip_static}, {@code
 * open_file_cache}, no access log, the same headers as the engine sends.
 */
final class NginxServer {
  private static final List<String> COPIED = List.of("Cache-Control", "Cache-Status", "Link");

  private NginxServer() {}

  /**
   * @param identity the page, served under {@code target}
   * @param gzip the same as the engine compressed it
   */
  static Server start(Path dir, String target, Answer identity, Answer gzip) throws IOException {
    String nginx = Tool.find("nginx", "apt install nginx-light");
    int port = FreePorts.next();
    Path root = Files.createDirectories(dir.resolve("www"));
    Files.write(root.resolve("page"), identity.body());
    Files.write(root.resolve("page.gz"), gzip.body());
    Path conf = dir.resolve("nginx.conf");
    Files.writeString(conf, conf(dir, root, port, target, gzip), StandardCharsets.UTF_8);
    ChildProcess process =
        ChildProcess.start(
            "nginx",
            List.of(
                nginx,
                "-p",
                dir.toString(),
                "-e",
                dir.resolve("error.log").toString(),
                "-c",
                conf.toString()),
            Map.of(),
            dir.resolve("nginx.log"));
    Server server = new Server("nginx", process, port);
    return server.ready(server);
  }

  private static String conf(Path dir, Path root, int port, String target, Answer page) {
    StringBuilder headers = new StringBuilder();
    for (String name : COPIED) {
      String value = page.header(name).replace("\"", "\\\"");
      headers.append("      add_header %s \"%s\";\n".formatted(name, value));
    }
    String path = target.substring(0, target.indexOf('?'));
    return """
        worker_processes 1;
        daemon off;
        pid %1$s/nginx.pid;
        events { worker_connections 4096; }
        http {
          access_log off;
          client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
          uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          sendfile on; tcp_nopush on; tcp_nodelay on;
          keepalive_requests 100000000; keepalive_timeout 600s;
          open_file_cache max=100 inactive=600s; open_file_cache_valid 600s;
          default_type "application/json; charset=utf-8";
          server {
            listen 127.0.0.1:%2$d reuseport;
            location = %3$s {
              alias %4$s/page;
              gzip_static on; gzip_vary on; gzip_http_version 1.0; gzip_proxied any;
        %5$s    }
          }
        }
        """
        .formatted(dir, port, path, root, headers);
  }
}
