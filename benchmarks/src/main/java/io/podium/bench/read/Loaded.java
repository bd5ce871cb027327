package io.podium.bench.read;

import io.podium.bench.Sample;
import io.podium.bench.Subject;
import java.time.Duration;

/** A server under a closed loop: requests, and the processor time that it took for them. */
record Loaded(Server server, Wrk wrk, String target) implements Subject {
  @Override
  public Sample run(Duration atLeast) {
    long cpu = server.cpuNanos();
    long start = System.nanoTime();
    long requests = wrk.run(server.port(), target, atLeast);
    return new Sample(requests, System.nanoTime() - start, server.cpuNanos() - cpu);
  }
}
