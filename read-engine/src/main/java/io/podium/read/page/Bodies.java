package io.podium.read.page;

/**
 * One body in every coding; empty where a coding would not be smaller or is not to be had here. Not
 * to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Bodies(byte[] plain, byte[] gzip, byte[] brotli) {
  static Bodies of(byte[] plain) {
    return new Bodies(plain, Bytes.gzip(plain), Brotli.encode(plain));
  }
}
