package io.podium.read.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** What is made of a body once, when it is encoded: its tag and its compressed form. */
public final class Bytes {
  private Bytes() {}

  /** 96 bits of the content's SHA-256, in base64url: equal on every node, for any coding. */
  public static String tag(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 12));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Empty where compression does not pay. */
  public static byte[] gzip(byte[] body) {
    return Gzip.encode(body);
  }
}
