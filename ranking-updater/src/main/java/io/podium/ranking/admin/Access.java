package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.ranking.admin.Sessions.Session;
import io.podium.ranking.ingest.ApiKeys;
import io.podium.ranking.ingest.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: by a bearer token, or from a browser by the cookie of a login and, where something
 * changes, the token that only a page of this origin can have read. Event loop's thread.
 */
final class Access {
  static final String CSRF = "X-CSRF-Token";
  private static final int TRIES = 20;
  private static final long TRIES_PER_MS = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiKeys tokens;
  private final Sessions sessions;
  private final Clock clock;
  private long since;
  private int failed;

  /**
   * @param tokens secret by author; empty: nobody may do anything
   */
  Access(Map<String, String> tokens, Clock clock) {
    this.tokens = new ApiKeys(tokens);
    this.sessions = new Sessions(clock);
    this.clock = clock;
  }

  /** The author; null: answered already. */
  @Nullable String author(HttpServerRequest request) {
    String author = tokens.name(request.getHeader("Authorization"));
    if (author != null) {
      return author;
    }
    Session session = session(request);
    if (session == null) {
      request.response().putHeader("WWW-Authenticate", "Bearer realm=\"podium-admin\"");
      Problem.of(
              401, "Unauthorized", "an admin token is needed: Authorization: Bearer …, or /login")
          .send(request.response());
      return null;
    }
    boolean looks =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!looks && !session.hasCsrf(request.getHeader(CSRF))) {
      Problem.of(403, "Forbidden", CSRF + ": the login's token is needed").send(request.response());
      return null;
    }
    return session.author();
  }

  @Nullable Session session(HttpServerRequest request) {
    return sessions.of(request.getHeader("Cookie"));
  }

  /** Opens a session for the token in the body. */
  void login(HttpServerRequest request, byte[] body) {
    if (clock.millis() - since > TRIES_PER_MS) {
      since = clock.millis();
      failed = 0;
    }
    if (failed >= TRIES) {
      request.response().putHeader("Retry-After", "10");
      Problem.of(429, "Too many logins", "try again in 10 seconds").send(request.response());
      return;
    }
    String author = tokens.name("Bearer " + token(body));
    if (author == null) {
      failed++;
      Problem.of(401, "Unauthorized", "token: not known here").send(request.response());
      return;
    }
    Session session = sessions.open(author);
    request.response().putHeader("Set-Cookie", Sessions.cookie(session.id(), isSecure(request)));
    tell(request, session);
  }

  private static String token(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? "" : json.path("token").asText();
    } catch (IOException e) {
      return "";
    }
  }

  /** Who is logged in, for a page that was loaded again. */
  void tell(HttpServerRequest request, Session session) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .end(
            JSON.createObjectNode()
                .put("author", session.author())
                .put("csrf", session.csrf())
                .toString());
  }

  void logout(HttpServerRequest request) {
    Session session = session(request);
    if (session != null) {
      sessions.close(session);
    }
    request
        .response()
        .putHeader("Set-Cookie", Sessions.cookie("", isSecure(request)))
        .setStatusCode(204)
        .end();
  }

  private static boolean isSecure(HttpServerRequest request) {
    return request.isSSL() || "https".equals(request.getHeader("X-Forwarded-Proto"));
  }
}
