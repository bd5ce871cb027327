package io.podium.ranking.ingest;

import io.podium.ranking.event.EventStructure;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How CloudEvents travel in a request. */
enum EventMode {
  SINGLE {
    @Override
    RawEvents read(HttpServerRequest request, byte[] body, Instant now) {
      return RawEvents.of(EventStructure.check(body, false), now);
    }
  },
  BATCH {
    @Override
    RawEvents read(HttpServerRequest request, byte[] body, Instant now) {
      return RawEvents.of(EventStructure.check(body, true), now);
    }
  },
  /** The attributes in {@code ce-} headers, the data as the body. */
  BINARY {
    @Override
    RawEvents read(HttpServerRequest request, byte[] body, Instant now) {
      byte[] event = BinaryEvent.structured(request.headers(), body);
      return event == null
          ? RawEvents.refused("json")
          : RawEvents.of(EventStructure.check(event, false), now);
    }
  };

  static final String ACCEPTED =
      "application/cloudevents+json, application/cloudevents-batch+json,"
          + " or application/json with ce- headers";

  private static final String UTF_8 = "utf-8";

  /**
   * @param now the time of events that do not tell theirs
   */
  abstract RawEvents read(HttpServerRequest request, byte[] body, Instant now);

  /** Null when it is none that is understood. */
  static @Nullable EventMode of(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    if (type == null) {
      return null;
    }
    String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("charset=")
          && !parameter.substring("charset=".length()).replace("\"", "").equals(UTF_8)) {
        return null;
      }
    }
    return switch (parts[0].trim()) {
      case "application/cloudevents+json" -> SINGLE;
      case "application/cloudevents-batch+json" -> BATCH;
      case "application/json" -> request.headers().contains("ce-specversion") ? BINARY : null;
      default -> null;
    };
  }
}
