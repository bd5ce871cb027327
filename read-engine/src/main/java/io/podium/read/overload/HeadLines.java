package io.podium.read.overload;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Follows the lines of request heads, however they are cut into reads, and refuses what HTTP
 * decoders read leniently and another reader could read differently: a folded header line (RFC
 * 9112, 5.2), a header line without a name, a request line with other than two single spaces.
 * Requests have no bodies here, so every byte is of a head. In HTTP/2 frames are followed instead.
 * Confined to one event loop.
 */
final class HeadLines {
  private static final byte[] HTTP2 = "PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII);
  private static final int SPACES = 2;

  private @Nullable Http2Frames frames;
  private int preface;
  private boolean isRequestLine = true;
  private int length;
  private int spaces;
  private byte last;

  /** Where in the last bytes the unfinished head begins; their end when none does. */
  private int head;

  /**
   * Takes in what was read.
   *
   * @return false when it is refused; {@link #head} tells where the refused head begins
   */
  boolean accepts(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    head = at;
    while (at < end) {
      at = preface(bytes, at, end);
      if (frames != null) {
        head = frames.follow(bytes, at, end);
        break;
      }
      int newline = bytes.indexOf(at, end, (byte) '\n');
      int to = newline < 0 ? end : newline;
      if (!segment(bytes, at, to)) {
        return false;
      }
      at = to;
      if (newline >= 0) {
        at++;
        if (!ended(at)) {
          return false;
        }
      }
    }
    if (isBetween()) {
      head = end;
    }
    return true;
  }

  /** HTTP/2 begins with what looks like a request; from there on there are no lines. */
  private int preface(ByteBuf bytes, int from, int end) {
    int at = from;
    if (!isRequestLine || length != preface || frames != null) {
      return at;
    }
    while (at < end && preface < HTTP2.length && bytes.getByte(at) == HTTP2[preface]) {
      at++;
      preface++;
    }
    if (preface == HTTP2.length) {
      frames = new Http2Frames();
    }
    // What was taken for a preface is the begin of a request line: "P", "PR", "PRI", "PRI ", ...
    for (int i = length; i < preface; i++) {
      last = HTTP2[i];
      spaces += last == ' ' ? 1 : 0;
    }
    length = preface;
    if (at < end) {
      preface = 0;
    }
    return at;
  }

  private boolean segment(ByteBuf bytes, int from, int to) {
    if (from == to) {
      return true;
    }
    byte first = bytes.getByte(from);
    if (length == 0 && !isRequestLine && (first == ' ' || first == '\t' || first == ':')) {
      return false;
    }
    if (isRequestLine && !countSpaces(bytes, from, to)) {
      return false;
    }
    length += to - from;
    last = bytes.getByte(to - 1);
    return true;
  }

  private boolean countSpaces(ByteBuf bytes, int from, int to) {
    for (int at = bytes.indexOf(from, to, (byte) ' ');
        at >= 0;
        at = bytes.indexOf(at + 1, to, (byte) ' ')) {
      byte before = at == from ? last : bytes.getByte(at - 1);
      if (++spaces > SPACES || before == ' ' || (length == 0 && at == from)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A line ended.
   *
   * @param next where the next one begins
   */
  private boolean ended(int next) {
    boolean empty = length == 0 || (length == 1 && last == '\r');
    boolean valid = empty || !isRequestLine || spaces == SPACES;
    if (empty && !isRequestLine) {
      isRequestLine = true;
      head = next;
    } else if (!empty) {
      isRequestLine = false;
    }
    length = 0;
    spaces = 0;
    preface = 0;
    last = 0;
    return valid;
  }

  /** No head, in HTTP/2 also no frame, is unfinished. */
  boolean isBetween() {
    return frames != null ? frames.isBetween() : isRequestLine && length == 0;
  }

  int head() {
    return head;
  }
}
