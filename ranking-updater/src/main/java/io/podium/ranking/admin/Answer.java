package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** What is answered to a {@link Call}. */
record Answer(int status, String type, Buffer body, Map<String, String> headers) {
  static Answer json(JsonNode json) {
    return json(200, json, Map.of());
  }

  static Answer json(int status, JsonNode json, Map<String, String> headers) {
    return new Answer(status, "application/json", Buffer.buffer(json.toString()), headers);
  }

  static Answer none() {
    return new Answer(204, "", Buffer.buffer(), Map.of());
  }
}
