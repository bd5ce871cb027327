package io.podium.read.overload;

import io.netty.buffer.ByteBuf;

/**
 * Follows the frames of an HTTP/2 client, however they are cut into reads, only to tell whether one
 * of them, or a request's head of several, has begun and not ended. Whether they are valid is the
 * decoder's business. Confined to one event loop.
 */
final class Http2Frames {
  /** RFC 9113, 3.4 and 4.1: what follows {@code PRI * HTTP/2}, and a frame's header. */
  private static final int REST_OF_PREFACE = 12;

  private static final int FRAME_HEADER = 9;
  private static final int TYPE_AT = 3;
  private static final int FLAGS_AT = 4;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;

  /** Bytes of the unfinished frame's header that have come. */
  private int header;

  private int length;
  private int type;
  private int flags;

  /** Bytes of the frame that are still to come. */
  private int rest = REST_OF_PREFACE;

  private boolean isHeadOpen;

  /**
   * Takes in what was read.
   *
   * @return where in these bytes the unfinished frame or head begins; {@code from} when before
   */
  int follow(ByteBuf bytes, int from, int end) {
    int begin = from;
    int at = from;
    while (at < end) {
      if (isBetween()) {
        begin = at;
      }
      if (rest > 0) {
        int taken = Math.min(rest, end - at);
        rest -= taken;
        at += taken;
      } else {
        header(bytes.getUnsignedByte(at));
        at++;
      }
    }
    return begin;
  }

  private void header(int next) {
    if (header < TYPE_AT) {
      length = length << 8 | next;
    } else if (header == TYPE_AT) {
      type = next;
    } else if (header == FLAGS_AT) {
      flags = next;
    }
    header++;
    if (header == FRAME_HEADER) {
      if (type == HEADERS || type == CONTINUATION) {
        isHeadOpen = (flags & END_HEADERS) == 0;
      }
      rest = length;
      length = 0;
      header = 0;
    }
  }

  /** No frame and no head is unfinished. */
  boolean isBetween() {
    return rest == 0 && header == 0 && !isHeadOpen;
  }
}
