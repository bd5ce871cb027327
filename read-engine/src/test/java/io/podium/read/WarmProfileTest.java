package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The profiler looks at the event loops while they answer: no store's client is ever on them. */
@ExtendWith(LiveShop.class)
class WarmProfileTest {
  private static final String PAGE = "/v1/rankings/best?size=20";
  private static final int SAMPLES = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> CLIENTS =
      List.of(
          "io.lettuce.",
          "com.mongodb.",
          "io.podium.store.redis.",
          "io.podium.store.mongo.",
          "io.podium.store.tiered.");

  private final LiveShop.Running live;
  private final AtomicInteger samples = new AtomicInteger();
  private final AtomicInteger ofHits = new AtomicInteger();
  private final List<String> ofClients = new CopyOnWriteArrayList<>();

  WarmProfileTest(LiveShop.Running live) {
    this.live = live;
  }

  @Test
  void aWarmReadTouchesNoClientOfAStore() throws InterruptedException {
    live.http.until(PAGE, a -> a.statusCode() == 200);
    try (RecordingStream profiler = new RecordingStream()) {
      for (String event : List.of("jdk.ExecutionSample", "jdk.NativeMethodSample")) {
        profiler.enable(event).withPeriod(Duration.ofMillis(10));
        profiler.onEvent(event, this::sampled);
      }
      profiler.setReuse(true);
      profiler.startAsync();
      Http.await(
          "enough samples of the event loops",
          () -> {
            read();
            return samples.get() >= SAMPLES && ofHits.get() > 0;
          },
          PATIENCE);
    }
    assertThat(ofClients).isEmpty();
  }

  /** Many on one connection, without a pause: the loop is to be busy with hits. */
  private void read() {
    try (Raw raw = new Raw(live.engine.port())) {
      String get = "GET " + PAGE + " HTTP/1.1\r\nHost: x\r\n\r\n";
      String last = "GET " + PAGE + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      raw.send(get.repeat(200) + last);
      raw.rest();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private void sampled(RecordedEvent event) {
    RecordedStackTrace stack = event.getStackTrace();
    if (stack == null || !isLoop(event)) {
      return;
    }
    samples.incrementAndGet();
    List<String> classes =
        stack.getFrames().stream().map(f -> f.getMethod().getType().getName()).toList();
    if (has(classes, "io.podium.read.hit.")) {
      ofHits.incrementAndGet();
    }
    CLIENTS.stream().filter(client -> has(classes, client)).forEach(ofClients::add);
  }

  private static boolean isLoop(RecordedEvent event) {
    return Stream.of("sampledThread", "eventThread")
        .filter(event::hasField)
        .map(event::getThread)
        .anyMatch(t -> t != null && String.valueOf(t.getJavaName()).contains("vert.x-eventloop"));
  }

  private static boolean has(List<String> classes, String prefix) {
    return classes.stream().anyMatch(name -> name.startsWith(prefix));
  }
}
