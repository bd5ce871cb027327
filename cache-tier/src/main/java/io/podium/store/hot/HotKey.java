package io.podium.store.hot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Keys of the hot tier: the first half of the SHA-256 of a name, so that names of any length cost a
 * fixed size and nobody can make two of them meet. Work them out where a name becomes known, not on
 * each read.
 */
public final class HotKey {
  public static final int BYTES = 16;

  // To look one up takes as long as a short digest.
  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(HotKey::sha256);

  private HotKey() {}

  public static byte[] of(byte kind, String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    MessageDigest digest = SHA_256.get();
    digest.update(kind);
    return Arrays.copyOf(digest.digest(utf8), BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
