package io.podium.read;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that authenticates cursors. All nodes must have the same, before and after a restart, so
 * without {@code engine.cursorKey} it is derived from what nodes of one shop share: the admin
 * token, else the addresses of the stores.
 */
final class CursorKey {
  private static final Logger LOG = LoggerFactory.getLogger(CursorKey.class);

  private CursorKey() {}

  /**
   * @param stores addresses, the last resort
   */
  static byte[] of(EngineConfig config, String stores) {
    String key = config.cursorKey();
    if (key != null) {
      return key.getBytes(StandardCharsets.UTF_8);
    }
    String token = config.adminToken();
    if (token == null) {
      LOG.warn("engine.cursorKey is not set: who knows the stores' addresses can forge cursors");
    }
    return derive(token == null ? stores : token);
  }

  private static byte[] derive(String from) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("podium-cursor".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(from.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }
}
