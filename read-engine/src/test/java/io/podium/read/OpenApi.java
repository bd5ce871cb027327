package io.podium.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The OpenAPI document that the engine serves, and whether an answer is as it says. */
final class OpenApi {
  private static final YAMLMapper YAML = new YAMLMapper();
  private final JsonNode document;

  OpenApi(Http http) {
    try {
      this.document = YAML.readTree(http.get("/openapi.yaml").body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode paths() {
    return document.get("paths");
  }

  JsonNode document() {
    return document;
  }

  /** What is wrong with the answer to a GET of this path; empty when nothing is. */
  List<String> faults(String path, HttpResponse<byte[]> answer) {
    return faults(path, answer.statusCode(), name -> Http.header(answer, name), answer.body());
  }

  /** Of an answer as it came off the socket. */
  List<String> faults(String path, String answer) {
    int body = answer.indexOf("\r\n\r\n") + 4;
    Map<String, String> head = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answer
        .substring(answer.indexOf("\n") + 1, body)
        .lines()
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              head.put(line.substring(0, colon), line.substring(colon + 2));
            });
    int status = Integer.parseInt(answer.substring(9, 12));
    return faults(
        path,
        status,
        name -> head.getOrDefault(name, ""),
        answer.substring(body).getBytes(StandardCharsets.UTF_8));
  }

  private List<String> faults(String path, int status, UnaryOperator<String> header, byte[] body) {
    List<String> faults = new ArrayList<>();
    JsonNode responses = paths().path(path).path("get").path("responses");
    JsonNode response = follow(responses.path(String.valueOf(status)));
    if (response.isMissingNode()) {
      return List.of(path + " answers " + status + ", which is not documented");
    }
    String type = header.apply("Content-Type").replaceFirst(";.*", "");
    JsonNode media = response.path("content").path(type);
    if (body.length == 0) {
      return faults;
    } else if (media.isMissingNode()) {
      return List.of(path + " answers with " + type + ", which is not documented");
    }
    response
        .path("headers")
        .fields()
        .forEachRemaining(
            h -> {
              if (h.getValue().path("required").asBoolean() && header.apply(h.getKey()).isEmpty()) {
                faults.add("header " + h.getKey() + " is missing");
              }
            });
    if (type.endsWith("json")) {
      check("$", Http.json(body), media.get("schema"), faults);
    }
    return faults;
  }

  private JsonNode follow(JsonNode node) {
    JsonNode at = node;
    while (at.has("$ref")) {
      at = document.at(at.get("$ref").asText().substring(1));
    }
    return at;
  }

  /** The part of JSON Schema that the document uses; no members beyond those documented. */
  void check(String at, JsonNode value, JsonNode reference, List<String> faults) {
    JsonNode schema = follow(reference);
    if (schema.has("allOf")) {
      List<JsonNode> parts = new ArrayList<>();
      schema.get("allOf").forEach(part -> parts.add(follow(part)));
      object(at, value, parts, faults);
      return;
    }
    if (value.isNull()) {
      if (!schema.path("nullable").asBoolean()) {
        faults.add(at + " is null");
      }
      return;
    }
    switch (schema.path("type").asText()) {
      case "object" -> object(at, value, List.of(schema), faults);
      case "array" -> {
        need(value.isArray(), at + " is no array", faults);
        for (int i = 0; i < value.size(); i++) {
          check(at + "[" + i + "]", value.get(i), schema.get("items"), faults);
        }
      }
      case "string" -> {
        need(value.isTextual(), at + " is no string", faults);
        need(
            Pattern.compile(schema.path("pattern").asText("")).matcher(value.asText()).find(),
            at + " does not match",
            faults);
      }
      case "integer" -> need(value.isIntegralNumber(), at + " is no integer", faults);
      case "number" -> need(value.isNumber(), at + " is no number", faults);
      case "boolean" -> need(value.isBoolean(), at + " is no boolean", faults);
      default -> faults.add(at + " has a schema without a type: " + schema);
    }
    if (schema.has("minimum")) {
      need(value.asLong() >= schema.get("minimum").asLong(), at + " is too small", faults);
    }
    if (schema.has("enum")) {
      boolean one = false;
      for (JsonNode allowed : schema.get("enum")) {
        one |= allowed.equals(value);
      }
      need(one, at + " is " + value + ", not one of " + schema.get("enum"), faults);
    }
  }

  private void object(String at, JsonNode value, List<JsonNode> parts, List<String> faults) {
    need(value.isObject(), at + " is no object", faults);
    for (JsonNode part : parts) {
      part.path("required")
          .forEach(name -> need(value.has(name.asText()), at + "." + name + " is missing", faults));
    }
    value
        .fields()
        .forEachRemaining(
            member -> {
              boolean known = false;
              for (JsonNode part : parts) {
                JsonNode schema = part.path("properties").path(member.getKey());
                if (!schema.isMissingNode()) {
                  known = true;
                  check(at + "." + member.getKey(), member.getValue(), schema, faults);
                } else if (part.path("additionalProperties").isObject()) {
                  known = true;
                  check(
                      at + "." + member.getKey(),
                      member.getValue(),
                      part.get("additionalProperties"),
                      faults);
                } else if (part.path("additionalProperties").asBoolean()) {
                  known = true;
                }
              }
              need(known, at + "." + member.getKey() + " is not documented", faults);
            });
  }

  private static void need(boolean holds, String fault, List<String> faults) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
