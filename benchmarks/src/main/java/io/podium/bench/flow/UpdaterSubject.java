package io.podium.bench.flow;

import io.podium.backends.ChildProcess;
import io.podium.bench.ProcessTime;
import io.podium.bench.Sample;
import io.podium.bench.Subject;
import java.time.Duration;

/**
 * The updater process against a backlog: it is stopped while events go into the stream, and counts
 * from where it goes on to where it has applied the last of them.
 */
final class UpdaterSubject implements Subject {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The same work in every round, about as long as was asked for. */
  private static final long EVENTS_PER_SECOND = 200_000;

  private final Site site;
  private final Backlog backlog;
  private final ChildProcess updater;
  private final ProcessTime time;

  UpdaterSubject(Site site, Backlog backlog, ChildProcess updater) {
    this.site = site;
    this.backlog = backlog;
    this.updater = updater;
    this.time = new ProcessTime(updater.pid());
  }

  @Override
  public Sample run(Duration atLeast) {
    int events = (int) (EVENTS_PER_SECOND * atLeast.toMillis() / 1_000);
    updater.freeze();
    backlog.append(events);
    long cpu = time.nanos();
    long start = System.nanoTime();
    updater.thaw();
    awaitApplied();
    long wall = System.nanoTime() - start;
    return new Sample(events, wall, time.nanos() - cpu);
  }

  /** Has so many events applied while they come, which takes half of the time of {@link #run}. */
  void flow(int events) {
    backlog.append(events);
    awaitApplied();
  }

  private void awaitApplied() {
    long target = backlog.events();
    site.await("all events are applied", PATIENCE, p -> received(p) >= target);
  }

  private static long received(com.fasterxml.jackson.databind.JsonNode progress) {
    return progress.at("/counts/received").asLong();
  }
}
