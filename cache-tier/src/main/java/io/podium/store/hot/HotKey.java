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

  private HotKey() {}

  public static byte[] of(byte kind, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(kind);
      return Arrays.copyOf(digest.digest(name.getBytes(StandardCharsets.UTF_8)), BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
