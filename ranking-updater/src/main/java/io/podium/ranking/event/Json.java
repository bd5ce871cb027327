package io.podium.ranking.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON of the outside: bounded in depth, exact in numbers. */
final class Json {
  /** What {@link #integer} answers for anything that is not an integer of 64 bits. */
  static final long NOT_AN_INTEGER = Long.MIN_VALUE;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER_LENGTH = 40;

  // What Jackson reads by default: a card must be readable by whoever gets it.
  private static final int MAX_KEPT_NUMBER_LENGTH = 1_000;

  // Names of the outside are unbounded: they must not go into the JVM's table of interned strings.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(4_096)
                  .maxNumberLength(EventDecoder.MAX_EVENT_BYTES)
                  .build())
          .build();

  private Json() {}

  /** A parser of UTF-8; the other encodings that Jackson would detect are a fault. */
  static JsonParser parser(byte[] json) throws IOException, Fault {
    for (int i = 0; i < Math.min(4, json.length); i++) {
      if (json[i] == 0 || json[i] == (byte) 0xFE || json[i] == (byte) 0xFF) {
        throw new Fault(Reason.JSON);
      }
    }
    return FACTORY.createParser(json);
  }

  /** The current value if it is an integer, in whatever notation: 2, 2.0, 2e0. */
  static long integer(JsonParser p) throws IOException {
    JsonToken token = p.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT && p.getTextLength() <= 18) {
      return p.getLongValue();
    }
    if (token.isNumeric() && p.getTextLength() <= MAX_NUMBER_LENGTH) {
      return integer(p.getText());
    }
    p.skipChildren();
    return NOT_AN_INTEGER;
  }

  private static long integer(String number) {
    BigDecimal value;
    try {
      value = new BigDecimal(number).stripTrailingZeros();
    } catch (NumberFormatException e) {
      return NOT_AN_INTEGER;
    }
    boolean fits = value.scale() <= 0 && value.precision() - (long) value.scale() <= 18;
    return fits ? value.longValueExact() : NOT_AN_INTEGER;
  }

  /** The current value if it is a string that is fit to be a name; else null. */
  static @Nullable String name(JsonParser p) throws IOException {
    if (p.currentToken() != JsonToken.VALUE_STRING) {
      p.skipChildren();
      return null;
    }
    if (p.getTextLength() > Text.MAX_LENGTH) {
      return null;
    }
    String text = p.getText();
    return Text.isName(text) ? text : null;
  }

  /**
   * The current value as compact JSON text: members in the order sent, numbers as sent, strings
   * with the fewest escapes, so that equal strings are equal text.
   */
  static String compact(JsonParser p) throws IOException, Fault {
    StringBuilder out = new StringBuilder();
    append(p, out);
    return out.toString();
  }

  private static void append(JsonParser p, StringBuilder out) throws IOException, Fault {
    switch (p.currentToken()) {
      case START_OBJECT -> appendObject(p, out);
      case START_ARRAY -> appendArray(p, out);
      case VALUE_STRING -> appendString(p.getText(), out);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> appendNumber(p, out);
      default -> out.append(p.getText());
    }
  }

  private static void appendObject(JsonParser p, StringBuilder out) throws IOException, Fault {
    Set<String> names = new HashSet<>();
    out.append('{');
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      if (!names.add(name)) {
        throw new Fault(Reason.DUPLICATE_MEMBER);
      }
      if (names.size() > 1) {
        out.append(',');
      }
      appendString(name, out);
      out.append(':');
      p.nextToken();
      append(p, out);
    }
    out.append('}');
  }

  private static void appendArray(JsonParser p, StringBuilder out) throws IOException, Fault {
    out.append('[');
    boolean first = true;
    while (p.nextToken() != JsonToken.END_ARRAY) {
      if (!first) {
        out.append(',');
      }
      first = false;
      append(p, out);
    }
    out.append(']');
  }

  private static void appendNumber(JsonParser p, StringBuilder out) throws IOException, Fault {
    if (p.getTextLength() > MAX_KEPT_NUMBER_LENGTH) {
      throw new Fault(Reason.CARD);
    }
    out.append(p.getText());
  }

  private static void appendString(String text, StringBuilder out) throws Fault {
    if (!Text.isWellFormed(text)) {
      throw new Fault(Reason.CARD);
    }
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    out.append('"');
  }
}
