package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered to a {@link Call}. */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
  static Answer json(JsonNode json) {
    return json(200, json, Map.of());
  }

  static Answer json(int status, JsonNode json, Map<String, String> headers) {
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    return new Answer(status, "application/json", body, headers);
  }

  static Answer none() {
    return new Answer(204, "", new byte[0], Map.of());
  }
}
