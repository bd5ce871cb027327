package io.podium.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.backends.FaultProxy.Direction;
import io.podium.store.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final int PATIENCE_MS = 20_000;

  private final ServerSocket echo;
  private final AtomicLong echoed = new AtomicLong();
  private final FaultProxy proxy;

  FaultProxyTest() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
    proxy = FaultProxy.to(echo.getLocalPort(), 7);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = echo.accept();
        daemon(() -> echo(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      byte[] buffer = new byte[8192];
      int n;
      while ((n = socket.getInputStream().read(buffer)) >= 0) {
        echoed.addAndGet(n);
        socket.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The client was cut off.
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] roundTrip(Socket socket, byte[] sent) throws IOException {
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                socket.getOutputStream().write(sent);
              } catch (IOException e) {
                throw new BackendException("cannot send", e);
              }
            },
            // The common pool may have one thread, which is the caller's own.
            work -> new Thread(work, "sender").start());
    byte[] back = socket.getInputStream().readNBytes(sent.length);
    sending.join();
    return back;
  }

  @Test
  void withoutFaultsEveryByteComesBack() throws IOException {
    byte[] sent = random(3_000_000);
    try (Socket socket = connect()) {
      assertThat(roundTrip(socket, sent)).isEqualTo(sent);
    }
    assertThat(proxy.passed(Direction.REQUESTS)).isEqualTo(sent.length);
    assertThat(proxy.passed(Direction.ANSWERS)).isEqualTo(sent.length);
  }

  @Test
  void delayAndJitterKeepTheOrder() throws IOException {
    proxy.set(Fault.delay(Duration.ofMillis(50), Duration.ofMillis(20)));
    byte[] sent = random(500_000);
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      assertThat(roundTrip(socket, sent)).isEqualTo(sent);
      assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(100).toNanos());
    }
  }

  @Test
  void aThrottledLinkIsNoFasterThanItsRate() throws IOException {
    proxy.set(Fault.NONE, Fault.throttle(100_000));
    byte[] sent = random(40_000);
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      assertThat(roundTrip(socket, sent)).isEqualTo(sent);
      assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(350).toNanos());
    }
  }

  @Test
  void aBlackHoleOfAnswersLetsTheRequestsPass_andHealsWithoutLoss() throws IOException {
    try (Socket socket = connect()) {
      proxy.set(Fault.NONE, Fault.BLACK_HOLE);
      socket.getOutputStream().write(random(1000));
      Await.until("the server has it", () -> echoed.get() == 1000);
      socket.setSoTimeout(100);
      InputStream in = socket.getInputStream();
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
      proxy.heal();
      socket.setSoTimeout(PATIENCE_MS);
      assertThat(in.readNBytes(1000)).isEqualTo(random(1000));
    }
  }

  @Test
  void aBlackHoleOfRequestsHoldsALittleAndPushesBack() throws IOException {
    proxy.set(Fault.BLACK_HOLE, Fault.NONE);
    byte[] sent = random(20_000_000);
    try (Socket socket = connect()) {
      CompletableFuture<byte[]> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return roundTrip(socket, sent);
                } catch (IOException e) {
                  throw new BackendException("cut off", e);
                }
              });
      Await.until("it holds", () -> proxy.held() >= FaultPipe.MOST_HELD);
      assertThat(proxy.held()).isLessThan(2 * FaultPipe.MOST_HELD);
      assertThat(echoed).hasValue(0);
      proxy.heal();
      assertThat(answer.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join())
          .isEqualTo(sent);
    }
  }

  @Test
  void aCutLinkPassesExactlySoManyBytesOfEachConnection() throws IOException {
    proxy.set(Fault.NONE, Fault.cut(1500));
    for (int i = 0; i < 3; i++) {
      long before = proxy.passed(Direction.ANSWERS);
      try (Socket socket = connect()) {
        socket.getOutputStream().write(random(4000));
        InputStream in = socket.getInputStream();
        assertThatThrownBy(() -> in.readNBytes(4000)).isInstanceOf(IOException.class);
      }
      assertThat(proxy.passed(Direction.ANSWERS) - before).isEqualTo(1500);
    }
  }

  @Test
  void aResetEndsWhatIsOpenAndTakesTheNext() throws IOException {
    try (Socket socket = connect()) {
      assertThat(roundTrip(socket, random(10))).hasSize(10);
      proxy.reset();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
    }
    try (Socket socket = connect()) {
      assertThat(roundTrip(socket, random(10))).hasSize(10);
    }
    assertThat(proxy.accepted()).isEqualTo(2);
  }

  @Test
  void aRefusingLinkTakesNobodyUntilItHeals() throws IOException {
    proxy.refuse();
    assertThatThrownBy(
            () -> {
              try (Socket socket = connect()) {
                roundTrip(socket, random(10));
              }
            })
        .isInstanceOfAny(IOException.class, RuntimeException.class);
    Await.until("counted", () -> proxy.refused() == 1);
    proxy.heal();
    try (Socket socket = connect()) {
      assertThat(roundTrip(socket, random(10))).hasSize(10);
    }
  }

  @Test
  void theEndOfAConnectionPassesBothWays_andNothingStays() throws IOException {
    try (Socket socket = connect()) {
      assertThat(roundTrip(socket, random(10))).hasSize(10);
    }
    Await.until("gone", () -> proxy.open() == 0);
    echo.close();
    try (Socket socket = connect()) {
      assertThatThrownBy(() -> socket.getInputStream().readNBytes(1))
          .isInstanceOf(IOException.class);
    }
    Await.until("gone", () -> proxy.open() == 0);
  }

  @Test
  void theSameSeedGivesTheSameJitter() {
    Fault fault = Fault.delay(Duration.ofMillis(1), Duration.ofMillis(9));
    Random one = new Random(3);
    Random two = new Random(3);
    for (int i = 0; i < 100; i++) {
      long delay = fault.delayNanos(one);
      assertThat(delay).isBetween(1_000_000L, 10_000_000L).isEqualTo(fault.delayNanos(two));
    }
  }
}
