package io.podium.ranking.event;

import java.nio.charset.StandardCharsets;

/**
 * An ASCII text that is met again and again, as it is compared with bytes: eight at a time. Equal
 * is only what is the same instance, see {@link Recurring}.
 */
final class Word {
  /** A text of up to that many bytes is told by its length, head and tail. */
  static final int TOLD_BY_ENDS = 16;

  final String text;
  final int length;

  /** The first eight bytes, little endian; 0 behind the end. */
  final long head;

  /** The last eight bytes of a text of more than eight; else 0. */
  final long tail;

  /** What {@link ContentHash} makes of it. */
  final long hash;

  private Word(String ascii, byte[] bytes) {
    this.text = ascii;
    this.length = bytes.length;
    this.head = PlainText.head(bytes, 0, length);
    this.tail = PlainText.tail(bytes, 0, length);
    this.hash = ContentHash.of(ascii);
  }

  static Word of(String ascii) {
    return new Word(ascii, ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
