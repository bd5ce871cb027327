package io.podium.bench.read;

import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Varnish in front of nginx, every answer a hit from memory. */
final class VarnishServer {
  private VarnishServer() {}

  static Server start(Path dir, int backend) throws IOException {
    String varnishd = Tool.find("varnishd", "apt install varnish");
    int port = FreePorts.next();
    Path vcl = dir.resolve("hit.vcl");
    Files.writeString(
        vcl,
        """
        vcl 4.1;
        backend default { .host = "127.0.0.1"; .port = "%d"; }
        sub vcl_backend_response { set beresp.ttl = 24h; }
        """
            .formatted(backend),
        StandardCharsets.UTF_8);
    ChildProcess process =
        ChildProcess.start(
            "varnishd",
            List.of(
                varnishd,
                "-F",
                "-n",
                dir.resolve("varnish").toString(),
                "-j",
                "none",
                "-a",
                "127.0.0.1:" + port,
                "-f",
                vcl.toString(),
                "-s",
                "malloc,64m",
                "-p",
                "thread_pools=1",
                "-p",
                "timeout_idle=600"),
            Map.of(),
            dir.resolve("varnish.log"));
    Server server = new Server("varnish", process, port);
    return server.ready(server);
  }
}
