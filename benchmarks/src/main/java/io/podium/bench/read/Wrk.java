package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, the closed-loop client: as fast as the server lets it. */
final class Wrk {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
  private static final Pattern FAULTS = Pattern.compile("(Non-2xx.*|Socket errors:.*)");
  private static final String INSTALL = "apt install wrk";

  private final String program = Tool.find("wrk", INSTALL);
  private final int connections;
  private final List<String> extra;
  private final boolean anyStatus;

  /**
   * @param extra more arguments, as a script
   */
  Wrk(int connections, List<String> extra) {
    this(connections, extra, false);
  }

  private Wrk(int connections, List<String> extra, boolean anyStatus) {
    this.connections = connections;
    this.extra = List.copyOf(extra);
    this.anyStatus = anyStatus;
  }

  /** Errors are answers too. */
  static Wrk ofAnyStatus(int connections, List<String> extra) {
    return new Wrk(connections, extra, true);
  }

  /** Requests answered in that time; every one with 2xx or 3xx, unless errors are expected. */
  long run(int port, String target, Duration length) {
    List<String> command = new ArrayList<>(List.of(program, "-t1", "-c" + connections));
    command.add("-d" + Math.max(1, length.toSeconds()) + "s");
    command.addAll(List.of("-H", "Accept-Encoding: gzip"));
    command.addAll(extra);
    command.add("http://127.0.0.1:" + port + target);
    String said = output(command);
    Matcher faults = FAULTS.matcher(said);
    if (faults.find() && !isExpected(faults.group(1))) {
      throw new MeasurementException("port " + port + ": " + faults.group(1));
    }
    Matcher requests = REQUESTS.matcher(said);
    if (!requests.find()) {
      throw new MeasurementException("wrk said nothing of requests: " + said);
    }
    return Long.parseLong(requests.group(1));
  }

  /** A connection closed by the server on request is a read error to wrk. */
  private boolean isExpected(String faults) {
    return (anyStatus && faults.startsWith("Non-2xx"))
        || (!extra.isEmpty() && faults.matches("Socket errors: connect 0, .*timeout 0"));
  }

  private static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new MeasurementException("wrk failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new MeasurementException("wrk cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasurementException("interrupted", e);
    }
  }
}
