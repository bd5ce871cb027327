package io.podium.bench.read;

import io.podium.backends.ChildProcess;
import io.podium.bench.MeasurementException;
import io.podium.bench.ProcessTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server under load: a process with its children, and a port on loopback. */
class Server implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String name;
  private final ChildProcess process;
  private final int port;

  Server(String name, ChildProcess process, int port) {
    this.name = name;
    this.process = process;
    this.port = port;
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  ChildProcess process() {
    return process;
  }

  /** The process and all below it. */
  List<Long> pids() {
    List<Long> pids = new ArrayList<>(List.of(process.pid()));
    ProcessHandle.of(process.pid())
        .ifPresent(h -> h.descendants().map(ProcessHandle::pid).forEach(pids::add));
    return pids;
  }

  /** Processor time so far, user and system, of all its processes. */
  long cpuNanos() {
    return pids().stream().mapToLong(pid -> new ProcessTime(pid).nanos()).sum();
  }

  /** Waits until the port is open. */
  <S extends Server> S ready(S self) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isOpen(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String said = process.lastOutput();
        close();
        throw new MeasurementException(name + " does not start: " + said);
      }
      LockSupport.parkNanos(5_000_000);
    }
    return self;
  }

  static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
