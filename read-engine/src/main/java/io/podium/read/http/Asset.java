package io.podium.read.http;

import io.podium.read.page.Bytes;
import io.podium.read.page.Encoding;

/** Something that is sent as it is. */
final class Asset {
  static final String JSON = "application/json; charset=utf-8";

  /** Pages of this server load nothing from elsewhere. */
  static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

  private final byte[] plain;
  private final byte[] gzip;
  private final String type;
  private final String cacheControl;
  private final String etag;

  private Asset(byte[] plain, byte[] gzip, String type, String cacheControl) {
    this.plain = plain;
    this.gzip = gzip;
    this.type = type;
    this.cacheControl = cacheControl;
    this.etag = Bytes.tag(plain);
  }

  static Asset of(byte[] body, String type, String cacheControl) {
    return new Asset(body, new byte[0], type, cacheControl);
  }

  /** Compressed once, for what is sent often. */
  static Asset compressed(byte[] body, String type, String cacheControl) {
    byte[] gzip =
        type.startsWith("image/") && !type.contains("svg") ? new byte[0] : Bytes.gzip(body);
    return new Asset(body, gzip, type, cacheControl);
  }

  byte[] plain() {
    return plain;
  }

  /** Empty where compression does not pay. */
  byte[] gzip() {
    return gzip;
  }

  /** Media type, with its character set. */
  String type() {
    return type;
  }

  String cacheControl() {
    return cacheControl;
  }

  String tag(boolean gzipped) {
    return '"' + etag + (gzipped ? Encoding.GZIP.suffix() : "") + '"';
  }
}
