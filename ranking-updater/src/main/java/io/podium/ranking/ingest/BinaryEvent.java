package io.podium.ranking.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event in CloudEvents' binary mode, as the JSON that the streams hold. */
final class BinaryEvent {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String PREFIX = "ce-";

  private BinaryEvent() {}

  /** Null when a header cannot be read, or the body is not one JSON value. */
  static byte @Nullable [] structured(MultiMap headers, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, String> header : headers) {
        String name = header.getKey().toLowerCase(Locale.ROOT);
        if (name.startsWith(PREFIX)) {
          json.writeStringField(name.substring(PREFIX.length()), percentDecoded(header.getValue()));
        }
      }
      if (body.length > 0) {
        requireOneValue(body);
        json.writeFieldName("data");
        json.writeRawValue(new String(body, StandardCharsets.UTF_8));
      }
      json.writeEndObject();
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
    return out.toByteArray();
  }

  /** Else a body could close the object and add attributes. */
  private static void requireOneValue(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new IOException("something follows the data");
      }
    }
  }

  /** Header values are ASCII; what is beyond is percent-encoded UTF-8. */
  private static String percentDecoded(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%' && i + 2 < value.length()) {
        bytes.write(Integer.parseInt(value, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
