package io.podium.read.page;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native brotli encoder; where it cannot be loaded, clients get gzip instead. */
public final class Brotli {
  private static final Logger LOG = LoggerFactory.getLogger(Brotli.class);

  /** Higher ones take several times as long for a few bytes less. */
  private static final int QUALITY = 5;

  private static final boolean AVAILABLE = load();

  private Brotli() {}

  private static boolean load() {
    if (Brotli4jLoader.isAvailable()) {
      return true;
    }
    LOG.warn(
        "no brotli on this platform, gzip is sent instead: {}",
        String.valueOf(Brotli4jLoader.getUnavailabilityCause()));
    return false;
  }

  public static boolean isAvailable() {
    return AVAILABLE;
  }

  /** Empty where it does not pay. */
  static byte[] encode(byte[] body) {
    if (!AVAILABLE) {
      return new byte[0];
    }
    try {
      byte[] coded = Encoder.compress(body, new Encoder.Parameters().setQuality(QUALITY));
      return coded.length < body.length ? coded : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException("compresses memory only", e);
    }
  }
}
