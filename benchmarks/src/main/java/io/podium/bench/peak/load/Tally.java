package io.podium.bench.peak.load;

import io.podium.bench.peak.Second;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What came of the requests of a run, by the second in which each was due. One thread. */
final class Tally {
  private static final class Row {
    final String phase;
    final Histogram micros = new Histogram(60_000_000L, 3);
    long offered;
    long answered;
    long notModified;
    long shed;
    final long[] faults = new long[600];

    Row(String phase) {
      this.phase = phase;
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final List<Integer> firstOfPhase = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();

  void phase(String name, int seconds) {
    firstOfPhase.add(rows.size());
    for (int i = 0; i < seconds; i++) {
      rows.add(new Row(name));
    }
    lengths.add(seconds);
  }

  void offered(int phase, int second) {
    rows.get(firstOfPhase.get(phase) + second).offered++;
  }

  /** What the phase should have offered; the rest counts in its last second. */
  void scheduled(int phase, long requests) {
    int first = firstOfPhase.get(phase);
    List<Row> all = rows.subList(first, first + lengths.get(phase));
    long offered = all.stream().mapToLong(row -> row.offered).sum();
    all.get(all.size() - 1).offered += Math.max(0, requests - offered);
  }

  /**
   * @param second of the phase
   * @param now when the answer was complete, by {@link System#nanoTime}
   */
  void done(int phase, int second, Ask ask, long now) {
    Row row = rows.get(firstOfPhase.get(phase) + second);
    if (ask.isAnswered()) {
      row.answered++;
      row.notModified += ask.status == 304 ? 1 : 0;
      row.micros.recordValue(Math.max(1, Math.min(59_000_000L, (now - ask.due) / 1_000)));
    } else if (ask.isShed()) {
      row.shed++;
    } else {
      row.faults[Math.max(0, Math.min(599, ask.status))]++;
    }
  }

  /** What was due and neither answered nor shed has failed, whatever the reason. */
  List<Second> seconds() {
    List<Second> seconds = new ArrayList<>();
    for (Row row : rows) {
      long failed = Math.max(0, row.offered - row.answered - row.shed);
      seconds.add(
          new Second(
              row.phase,
              row.offered,
              row.answered,
              row.notModified,
              row.shed,
              failed,
              faults(row),
              row.micros));
    }
    return seconds;
  }

  /** As {@code 500:3,404:1}; empty when there is none. */
  private static String faults(Row row) {
    StringBuilder text = new StringBuilder();
    for (int status = 0; status < row.faults.length; status++) {
      if (row.faults[status] > 0) {
        text.append(text.isEmpty() ? "" : ",")
            .append(status)
            .append(':')
            .append(row.faults[status]);
      }
    }
    return text.toString();
  }
}
