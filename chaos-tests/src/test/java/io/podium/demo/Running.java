package io.podium.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo's processes on free ports, without its shop. */
final class Running implements AutoCloseable {
  private final DemoFiles files;
  private final Processes processes;
  final Ports ports = Ports.from(0);
  final Api api = new Api();
  final EventPost post;

  Running(Path dir, String boards) throws Exception {
    files = DemoFiles.open(dir, dir);
    Processes.Started started =
        Processes.stores(files, new Processes.StorePorts(0, 0, 0), news -> {});
    processes = started.processes();
    Map<String, Object> config =
        DemoConfig.of(
            started.stores(), ports, DemoConfig.shipped(boards), files.dir(), files.site());
    processes.startPodium(files, files.writeConfig(config), ports, api);
    post = new EventPost(List.of(ports.updaterAUrl(), ports.updaterBUrl()));
  }

  long pid(String member) {
    return processes.pid(member);
  }

  /** A page of best-sellers; null when it is not there. */
  @Nullable JsonNode page(String query) throws InterruptedException {
    return api.get(ports.engineUrl() + "/v1/rankings/best-sellers" + query);
  }

  /** Score by product on the whole shop's page of 100. */
  Map<String, Long> scores() throws InterruptedException {
    Map<String, Long> scores = new HashMap<>();
    JsonNode page = page("?size=100");
    if (page != null) {
      page.path("items")
          .forEach(i -> scores.put(i.path("productId").asText(), i.path("score").asLong()));
    }
    return scores;
  }

  @Override
  public void close() throws IOException {
    processes.close();
    files.close();
  }
}
