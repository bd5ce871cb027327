package io.podium.read.http;

import io.podium.read.page.Bytes;
import io.podium.read.page.Encoding;

/**
 * Something that is sent as it is.
 *
 * @param type media type, with its character set
 * @param gzip empty where compression does not pay
 */
record Asset(byte[] plain, byte[] gzip, String type, String cacheControl, String etag) {
  static final String JSON = "application/json; charset=utf-8";

  /** Pages of this server load nothing from elsewhere. */
  static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

  static Asset of(byte[] body, String type, String cacheControl) {
    return new Asset(body, new byte[0], type, cacheControl, Bytes.tag(body));
  }

  /** Compressed once, for what is sent often. */
  static Asset compressed(byte[] body, String type, String cacheControl) {
    byte[] gzip =
        type.startsWith("image/") && !type.contains("svg") ? new byte[0] : Bytes.gzip(body);
    return new Asset(body, gzip, type, cacheControl, Bytes.tag(body));
  }

  String tag(boolean gzipped) {
    return '"' + etag + (gzipped ? Encoding.GZIP.suffix() : "") + '"';
  }
}
