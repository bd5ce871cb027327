package io.podium.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Processor time as Linux accounts it, user and system, in ticks of 10 ms. */
public final class ProcessTime {
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final int USER = 11;
  private static final int CHILDREN_USER = 13;
  private static final int IDLE = 4;
  private static final int WAITING_FOR_DISK = 5;
  private static final int LAST = 8;

  private final Path process;

  public ProcessTime(long pid) {
    this.process = Path.of("/proc", Long.toString(pid));
  }

  /** Nanoseconds that the process took so far, all its threads. */
  public long nanos() {
    return nanos(read(process.resolve("stat")));
  }

  /** The same with that of its children that have ended and were waited for, as load generators. */
  long nanosWithChildren() {
    String[] fields = fields(read(process.resolve("stat")));
    return nanos(fields, USER) + nanos(fields, CHILDREN_USER);
  }

  /** The same of each thread that is alive, by name; threads of a pool count as one. */
  public Map<String, Long> byThread() {
    Map<String, Long> nanos = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        String line = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
        String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
        nanos.merge(name.replaceAll("[-#]?[0-9]+$", ""), nanos(line), Long::sum);
      }
    } catch (NoSuchFileException e) {
      // A thread ended while it was looked at.
      return nanos;
    } catch (IOException e) {
      throw new MeasurementException("no processor times: " + e.getMessage(), e);
    }
    return nanos;
  }

  private static long nanos(String line) {
    return nanos(fields(line), USER);
  }

  /** The name in parentheses may hold spaces; fields are counted from behind it. */
  private static String[] fields(String line) {
    return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
  }

  /**
   * @param at of the user's time; the system's follows it
   */
  private static long nanos(String[] fields, int at) {
    return (Long.parseLong(fields[at]) + Long.parseLong(fields[at + 1])) * NANOS_PER_TICK;
  }

  /** Nanoseconds that all processors were busy so far, or were kept from us by their host. */
  static long machineNanos() {
    String[] fields = read(Path.of("/proc/stat")).lines().findFirst().orElse("").split(" +", -1);
    long ticks = 0;
    for (int i = 1; i <= LAST; i++) {
      ticks += i == IDLE || i == WAITING_FOR_DISK ? 0 : Long.parseLong(fields[i]);
    }
    return ticks * NANOS_PER_TICK;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MeasurementException("no processor times: " + e.getMessage(), e);
    }
  }
}
