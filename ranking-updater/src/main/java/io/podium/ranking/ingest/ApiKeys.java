package io.podium.ranking.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The named keys that may post. A presented key is compared with every key in constant time, so
 * that the time of a refusal tells nothing. Immutable.
 */
public final class ApiKeys {
  private static final String SCHEME = "Bearer ";

  private final Map<String, byte[]> digests = new LinkedHashMap<>();

  /**
   * @param secrets key by name
   */
  public ApiKeys(Map<String, String> secrets) {
    secrets.forEach((name, secret) -> digests.put(name, digest(secret)));
  }

  /**
   * @param authorization the request's header; null when it has none
   * @return the key's name; null when no key is that
   */
  public @Nullable String name(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    byte[] presented = digest(authorization.substring(SCHEME.length()).trim());
    String name = null;
    for (Map.Entry<String, byte[]> key : digests.entrySet()) {
      if (MessageDigest.isEqual(key.getValue(), presented)) {
        name = key.getKey();
      }
    }
    return name;
  }

  /** Digests are of one length: a comparison tells nothing of the length of a key. */
  private static byte[] digest(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
  }
}
