package io.podium.read.page;

import java.nio.charset.StandardCharsets;

/**
 * A page in one coding, with the header lines that go with these bytes. Immutable; the arrays are
 * not to be changed.
 *
 * @param body to be sent
 * @param tag strong entity tag, quoted
 * @param entity lines of the head: first that of the tag, which a 304 has too, then type, coding
 *     and length
 * @param tagLine bytes of the first line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Coded(byte[] body, String tag, byte[] entity, int tagLine) {
  private static final String TYPE = "content-type: application/json; charset=utf-8\r\n";

  /**
   * @param etag without quotes and suffix
   */
  static Coded of(Encoding encoding, byte[] body, String etag) {
    String tag = '"' + etag + encoding.suffix() + '"';
    String tagLine = "etag: " + tag + "\r\n";
    String coding =
        encoding == Encoding.IDENTITY ? "" : "content-encoding: " + encoding.token() + "\r\n";
    String entity = tagLine + TYPE + coding + "content-length: " + body.length + "\r\n";
    return new Coded(body, tag, entity.getBytes(StandardCharsets.ISO_8859_1), tagLine.length());
  }
}
