package io.podium.ranking.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that have logged in. In memory: a restart logs out. The oldest goes when there are too
 * many. Thread-safe.
 */
final class Sessions {
  static final String COOKIE = "podium_admin";
  static final Duration LIFE = Duration.ofHours(8);
  private static final int MOST = 1_000;
  private static final int BYTES = 32;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param id the cookie's value
   * @param csrf to be sent in a header with everything that changes something
   */
  record Session(String id, String csrf, String author, long until) {
    boolean hasCsrf(@Nullable String presented) {
      return presented != null
          && MessageDigest.isEqual(
              csrf.getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.UTF_8));
    }
  }

  Sessions(Clock clock) {
    this.clock = clock;
  }

  synchronized Session open(String author) {
    long until = clock.millis() + LIFE.toMillis();
    Session session = new Session(token(), token(), author, until);
    sessions.put(session.id(), session);
    return session;
  }

  private String token() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * @param cookies the request's header
   */
  synchronized @Nullable Session of(@Nullable String cookies) {
    if (cookies == null) {
      return null;
    }
    for (String cookie : cookies.split(";", 64)) {
      String pair = cookie.strip();
      if (pair.startsWith(COOKIE + "=")) {
        Session found = sessions.get(pair.substring(COOKIE.length() + 1));
        return found == null || found.until() < clock.millis() ? null : found;
      }
    }
    return null;
  }

  synchronized void close(Session session) {
    sessions.remove(session.id());
  }

  /**
   * @param value empty: the browser forgets it
   * @param secure the browser came by TLS
   */
  static String cookie(String value, boolean secure) {
    long age = value.isEmpty() ? 0 : LIFE.toSeconds();
    return COOKIE
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + age
        + (secure ? "; Secure" : "");
  }
}
