package io.podium.chaos.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that send half a request, or never take their answers, hold connections open. */
final class SlowClients extends ShopDrill {
  private static final int CLIENTS = 200;
  private static final Duration CUT = Duration.ofMinutes(1);

  /** More answers than any buffer on the way holds. */
  private static final int ASKED = 2_000;

  private final List<Socket> sockets = new ArrayList<>();
  private double cutBefore;

  SlowClients() {
    super(
        "slow-clients",
        "Clients that dawdle or attack with idle connections are cut off, and nobody else notices.",
        "느리거나 연결만 붙잡는 클라이언트는 끊기고 다른 고객은 영향을 받지 않습니다.");
  }

  @Override
  Duration spell(Run run) {
    return run.isLong() ? Duration.ofSeconds(8) : Duration.ofSeconds(1);
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    cutBefore = cut(scene);
    int port = URI.create(scene.stack().engineUrls().get(0)).getPort();
    byte[] half = "GET /v1/boards HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] many =
        ("GET " + scene.shop().urls().get(0) + " HTTP/1.1\r\nHost: x\r\n\r\n")
            .repeat(ASKED)
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < CLIENTS; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      run.keep(socket);
      if (i % 20 != 0) {
        socket.getOutputStream().write(half);
      } else {
        takeNothing(socket, many);
      }
    }
  }

  /** Writes until the other end reads no more; on a thread of its own. */
  private static void takeNothing(Socket socket, byte[] many) {
    Thread thread =
        new Thread(
            () -> {
              try {
                socket.getOutputStream().write(many);
              } catch (IOException e) {
                // Cut off, as it should be.
              }
            },
            "takes-nothing");
    thread.setDaemon(true);
    thread.start();
  }

  private static double cut(Scene scene) throws InterruptedException {
    return scene.metric("podium_read_connections_cut_total", "");
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    boolean all = run.comes(CUT, () -> cut(scene) - cutBefore >= CLIENTS);
    run.check(
        Promise.BOUNDED,
        "each of " + CLIENTS + " slow clients was cut off",
        all,
        (long) (cut(scene) - cutBefore) + " cut");
  }

  @Override
  void end(Run run, Scene scene) throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
