package io.podium.read.overload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Fuzz target: whatever is cut where, the same bytes are accepted or refused, and what is accepted
 * has no line that another reader could read differently. See {@code io.podium.read.FuzzTest}.
 */
public final class HeadLinesFuzz {
  private HeadLinesFuzz() {}

  /** Called by the fuzzer; the first byte says where the rest is cut. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 2) {
      return;
    }
    ByteBuf all = Unpooled.wrappedBuffer(data, 1, data.length - 1);
    HeadLines whole = new HeadLines();
    boolean accepted = whole.accepts(all);
    HeadLines cut = new HeadLines();
    int step = 1 + (data[0] & 31);
    boolean acceptedInPieces = true;
    for (int at = 0; at < all.writerIndex() && acceptedInPieces; at += step) {
      acceptedInPieces = cut.accepts(all.slice(at, Math.min(step, all.writerIndex() - at)));
    }
    if (accepted != acceptedInPieces || (accepted && whole.isBetween() != cut.isBetween())) {
      throw new IllegalStateException("cut by " + step + ": " + accepted + " " + acceptedInPieces);
    }
    String text = new String(data, 1, data.length - 1, StandardCharsets.ISO_8859_1);
    if (accepted && !text.startsWith("PRI * HTTP/2") && isFolded(text)) {
      throw new IllegalStateException("a folded line is accepted");
    }
  }

  private static boolean isFolded(String text) {
    boolean inHead = false;
    for (String line : text.split("\n", -1)) {
      boolean empty = line.isEmpty() || line.equals("\r");
      if (inHead && (line.startsWith(" ") || line.startsWith("\t"))) {
        return true;
      }
      if (!inHead && line.startsWith("PRI * HTTP/2")) {
        return false;
      }
      inHead = !empty;
    }
    return false;
  }
}
