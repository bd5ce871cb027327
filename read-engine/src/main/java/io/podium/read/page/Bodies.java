package io.podium.read.page;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One body in the codings that were made of it: null where a coding was not made yet, empty where
 * it would not be smaller or is not to be had here. Not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Bodies(byte[] plain, byte @Nullable [] gzip, byte @Nullable [] brotli) {
  static Bodies of(byte[] plain, Set<Encoding> codings) {
    return new Bodies(
        plain,
        codings.contains(Encoding.GZIP) ? Bytes.gzip(plain) : null,
        codings.contains(Encoding.BROTLI) ? Brotli.encode(plain) : null);
  }

  /** The same with one coding more. */
  Bodies with(Encoding coding) {
    return switch (coding) {
      case GZIP -> gzip == null ? new Bodies(plain, Bytes.gzip(plain), brotli) : this;
      case BROTLI -> brotli == null ? new Bodies(plain, gzip, Brotli.encode(plain)) : this;
      case IDENTITY -> this;
    };
  }

  /** Null while it was not made. */
  byte @Nullable [] body(Encoding coding) {
    return switch (coding) {
      case GZIP -> gzip;
      case BROTLI -> brotli;
      case IDENTITY -> plain;
    };
  }
}
