package io.podium.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * JSON bodies read into maps, lists, texts, numbers and booleans. In a JVM that just started this
 * takes a fraction of the time that a tree of nodes does, whose library is loaded and interpreted
 * then: for what an engine reads before it has answered anything.
 */
final class PlainJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private PlainJson() {}

  /** Reads as {@link Json#read} does. */
  static <T> T read(byte[] body, Function<Map<?, ?>, T> decoder) {
    try (JsonParser in = FACTORY.createParser(body)) {
      in.nextToken();
      return decoder.apply((Map<?, ?>) value(in));
    } catch (IOException | RuntimeException e) {
      throw Frame.corrupt("stored value has an unexpected shape", e);
    }
  }

  /** The value that begins here; a null is its token. */
  private static Object value(JsonParser in) throws IOException {
    JsonToken token = Objects.requireNonNull(in.currentToken(), "an end");
    return switch (token) {
      case START_OBJECT -> members(in);
      case START_ARRAY -> elements(in);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
      case VALUE_TRUE, VALUE_FALSE -> in.getBooleanValue();
      default -> token;
    };
  }

  private static Map<String, Object> members(JsonParser in) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      members.put(name, value(in));
    }
    return members;
  }

  private static List<Object> elements(JsonParser in) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(in));
    }
    return elements;
  }

  /**
   * @throws IllegalArgumentException when it is not there: the shape is not what it should be
   */
  static Object need(Map<?, ?> object, String member) {
    Object value = object.get(member);
    if (value == null) {
      throw new IllegalArgumentException("no member " + member);
    }
    return value;
  }

  /**
   * @throws ClassCastException when it is something else, as with the others
   */
  static String text(Object value) {
    return (String) value;
  }

  static List<?> list(Object value) {
    return (List<?>) value;
  }

  static Map<?, ?> object(Object value) {
    return (Map<?, ?>) value;
  }

  static long whole(Object value) {
    return ((Number) value).longValue();
  }
}
