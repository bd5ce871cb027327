package io.podium.read.hit;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** A client's wish that the connection ends with the answer: as good as any other request. */
final class Ending {
  private static final byte[] SAID = "connection: close\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOTHING = new byte[0];

  private Ending() {}

  static boolean isAsked(HttpRequest request) {
    String connection = request.headers().get(HttpHeaderNames.CONNECTION);
    return connection != null && connection.equalsIgnoreCase("close");
  }

  /** What the answer's head says of it; empty when the connection stays. */
  static byte[] line(HttpRequest request) {
    return isAsked(request) ? SAID : NOTHING;
  }
}
