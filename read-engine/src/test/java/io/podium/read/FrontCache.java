package io.podium.read;

import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cache that others run in front of two engines, configured as its manual says. */
record FrontCache(ChildProcess process, Http http) implements AutoCloseable {
  /** Keeps variants by Vary, asks again with If-None-Match, and serves stale on errors. */
  static FrontCache nginx(Path dir, int one, int two) throws IOException {
    String program = program("nginx", "apt install nginx-light");
    int port = FreePorts.next();
    Files.createDirectories(dir);
    Path conf = dir.resolve("nginx.conf");
    // Started by root, nginx would work as another user, who may not write here.
    String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    Files.writeString(
        conf,
        """
        %5$s
        worker_processes 1;
        daemon off;
        pid %1$s/nginx.pid;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
          uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          proxy_cache_path %1$s/cache keys_zone=podium:1m inactive=1h;
          upstream engines { server 127.0.0.1:%3$d; server 127.0.0.1:%4$d; keepalive 8; }
          server {
            listen 127.0.0.1:%2$d;
            location / {
              proxy_pass http://engines;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_cache podium;
              proxy_cache_revalidate on;
              proxy_cache_lock on;
              proxy_cache_use_stale error timeout updating http_503;
            }
          }
        }
        """
            .formatted(dir, port, one, two, user));
    return start(
        "nginx",
        dir,
        port,
        List.of(program, "-p", dir + "/", "-e", dir + "/error.log", "-c", conf.toString()));
  }

  /** Does not compress by itself, keeps variants by Vary, and objects for an hour beyond. */
  static FrontCache varnish(Path dir, int one, int two) throws IOException {
    String program = program("varnishd", "apt install varnish");
    int port = FreePorts.next();
    Files.createDirectories(dir);
    Path vcl = dir.resolve("podium.vcl");
    Files.writeString(
        vcl,
        """
        vcl 4.1;
        import directors;
        backend one { .host = "127.0.0.1"; .port = "%d"; }
        backend two { .host = "127.0.0.1"; .port = "%d"; }
        sub vcl_init { new engines = directors.round_robin();
          engines.add_backend(one); engines.add_backend(two); }
        sub vcl_recv { set req.backend_hint = engines.backend(); }
        sub vcl_backend_response { set beresp.grace = 1h; set beresp.keep = 1h; }
        sub vcl_backend_error { if (bereq.retries < 1) { return (retry); } }
        """
            .formatted(one, two));
    List<String> command = new ArrayList<>(List.of(program, "-F", "-j", "none"));
    command.addAll(List.of("-n", dir.resolve("work").toString(), "-a", "127.0.0.1:" + port));
    command.addAll(List.of("-f", vcl.toString(), "-s", "malloc,32m"));
    command.addAll(List.of("-p", "thread_pools=1", "-p", "http_gzip_support=off"));
    return start("varnishd", dir, port, command);
  }

  private static FrontCache start(String name, Path dir, int port, List<String> command) {
    ChildProcess process = ChildProcess.start(name, command, Map.of(), dir.resolve(name + ".log"));
    Http http = new Http(port);
    Http.await(name + " listens", () -> !FreePorts.isFree(port));
    return new FrontCache(process, http);
  }

  static String program(String name, String install) {
    List<String> folders = new ArrayList<>(List.of("/usr/sbin", "/usr/local/sbin"));
    folders.addAll(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)));
    for (String folder : folders) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    throw new AssertionError(name + " is not installed: " + install);
  }

  @Override
  public void close() {
    process.close();
  }
}
