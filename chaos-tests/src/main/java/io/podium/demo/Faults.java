package io.podium.demo;

import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a visitor of the demo can break by a button. A fault that lasts is ended by the same button,
 * or by itself after {@link #LONGEST}. Safe from any thread.
 */
final class Faults {
  static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration SLOW = Duration.ofMillis(1_500);
  private static final long NARROW = 4_000;

  /** One button; {@code end} does nothing where the fault ends by itself. */
  private record Action(Runnable begin, Runnable end, boolean lasts) {}

  private final Map<String, Action> actions = new LinkedHashMap<>();
  private final Map<String, Long> since = new LinkedHashMap<>();

  Faults(StoreLinks links, Processes processes) {
    store("cache", List.of(links.cache));
    store("events", List.of(links.events));
    store("mongo", List.of(links.mongo));
    store("stores", List.of(links.cache, links.events, links.mongo));
    for (String name : List.of("updater-a", "updater-b", "engine")) {
      actions.put(name + "-killed", new Action(() -> processes.kill(name), () -> {}, false));
      actions.put(
          name + "-frozen",
          new Action(() -> processes.freeze(name), () -> processes.thaw(name), true));
    }
  }

  private void store(String name, List<FaultProxy> links) {
    Runnable heal = () -> links.forEach(FaultProxy::heal);
    put(name + "-down", () -> links.forEach(FaultProxy::refuse), heal);
    put(name + "-frozen", () -> links.forEach(l -> l.set(Fault.BLACK_HOLE)), heal);
    Fault slow = Fault.delay(SLOW, Duration.ZERO);
    put(name + "-slow", () -> links.forEach(l -> l.set(Fault.NONE, slow)), heal);
    put(name + "-throttled", () -> links.forEach(l -> l.set(Fault.throttle(NARROW))), heal);
    put(name + "-one-way", () -> links.forEach(l -> l.set(Fault.NONE, Fault.BLACK_HOLE)), heal);
  }

  private void put(String name, Runnable begin, Runnable end) {
    actions.put(name, new Action(begin, end, true));
  }

  /** Names of the buttons. */
  List<String> names() {
    return List.copyOf(actions.keySet());
  }

  /** Names of what lasts now. */
  synchronized List<String> lasting() {
    return List.copyOf(since.keySet());
  }

  /** Begins it, or ends it when it lasts; false when there is no such fault. */
  synchronized boolean press(String name) {
    Action action = actions.get(name);
    if (action == null) {
      return false;
    }
    if (since.remove(name) != null) {
      action.end().run();
      return true;
    }
    // Of one store only one thing is wrong at a time: another button takes the first one's place.
    overlapping(name).ifPresent(this::press);
    action.begin().run();
    if (action.lasts()) {
      since.put(name, System.nanoTime());
    }
    return true;
  }

  private Optional<String> overlapping(String name) {
    String target = target(name);
    return since.keySet().stream()
        .filter(
            other ->
                target(other).equals(target)
                    || (isStore(target) && isStore(target(other)) && isAll(target, target(other))))
        .findFirst();
  }

  private static boolean isAll(String one, String other) {
    return one.equals("stores") || other.equals("stores");
  }

  private static boolean isStore(String target) {
    return List.of("cache", "events", "mongo", "stores").contains(target);
  }

  private static String target(String name) {
    return name.replaceAll("-(down|frozen|slow|throttled|one-way|killed)$", "");
  }

  /** Ends what has lasted for too long; call it once a second. */
  synchronized void tick() {
    long now = System.nanoTime();
    since.entrySet().stream()
        .filter(e -> now - e.getValue() > LONGEST.toNanos())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::press);
  }
}
