package io.podium.demo;

import io.podium.backends.FreePorts;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ports of the demo's own processes, all on loopback. The stores take free ones. */
record Ports(int engine, int engineAdmin, int updaterA, int adminA, int updaterB, int adminB) {
  /** The engine on {@code base}, updaters behind it, admin ports 1,000 above; 0: any free ones. */
  static Ports from(int base) {
    if (base == 0) {
      return new Ports(
          FreePorts.next(),
          FreePorts.next(),
          FreePorts.next(),
          FreePorts.next(),
          FreePorts.next(),
          FreePorts.next());
    }
    return new Ports(base, base + 1000, base + 1, base + 1001, base + 2, base + 1002);
  }

  /** Refuses the first port that something listens on. */
  Ports check() {
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("read engine", engine);
    all.put("read engine's admin", engineAdmin);
    all.put("first updater", updaterA);
    all.put("first updater's admin", adminA);
    all.put("second updater", updaterB);
    all.put("second updater's admin", adminB);
    all.forEach(
        (who, port) -> {
          if (!FreePorts.isFree(port)) {
            throw new DemoException(
                "port %d (%s) is taken: end what listens there, or take other ports: --port 18080"
                    .formatted(port, who));
          }
        });
    return this;
  }

  String engineUrl() {
    return "http://localhost:" + engine;
  }

  String updaterAUrl() {
    return "http://localhost:" + updaterA;
  }

  String updaterBUrl() {
    return "http://localhost:" + updaterB;
  }
}
