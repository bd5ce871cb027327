package io.podium.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** JSON bodies of frames: written by a stream, read as a tree. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private Json() {}

  /** Loaded by whoever reads: writing does without it, and it takes a fresh JVM long. */
  private static final class Tree {
    static final JsonMapper MAPPER =
        JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
  }

  interface Body {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] write(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a body whose checksum matched; what does not have the expected shape all the same is as
   * corrupt as a wrong checksum.
   */
  static <T> T read(byte[] body, Function<JsonNode, T> decoder) {
    try {
      return decoder.apply(Tree.MAPPER.readTree(body));
    } catch (IOException | RuntimeException e) {
      throw Frame.corrupt("stored value has an unexpected shape", e);
    }
  }

  /**
   * @throws IllegalArgumentException when it is not there: the shape is not what it should be
   */
  static JsonNode need(JsonNode node, String member) {
    JsonNode value = node.get(member);
    if (value == null) {
      throw new IllegalArgumentException("no member " + member);
    }
    return value;
  }

  static JsonNode need(JsonNode node, int index) {
    JsonNode value = node.get(index);
    if (value == null) {
      throw new IllegalArgumentException("no element " + index);
    }
    return value;
  }

  /**
   * @throws IllegalArgumentException when it is no text
   */
  static String text(JsonNode node) {
    String text = node.textValue();
    if (text == null) {
      throw new IllegalArgumentException("not a text: " + node.getNodeType());
    }
    return text;
  }
}
