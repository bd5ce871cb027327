package io.podium.ranking.board;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.podium.card.Card;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which values of a dimension a product has (DESIGN 4.2, Dimensions). */
public final class Dimensions {
  /** The dimension that is a path and counts for every ancestor. */
  public static final String CATEGORY = "category";

  private static final String BUYER = "buyer.";
  private static final int MAX_VALUE_LENGTH = 200;
  private static final JsonFactory JSON = new JsonFactory();

  private Dimensions() {}

  /** Whether the dimension is an attribute of the buyer; else it is a member of the card. */
  public static boolean isOfBuyer(String dimension) {
    return dimension.startsWith(BUYER);
  }

  /** The query parameter: the last part of the full name. */
  public static String parameter(String dimension) {
    return dimension.substring(dimension.lastIndexOf('.') + 1);
  }

  /** The values of a card dimension, ancestors first; empty when the product is in none. */
  public static List<String> values(@Nullable Card card, String dimension) {
    String json = card == null ? null : card.json(dimension);
    String text = json == null ? null : text(json, dimension.equals(CATEGORY));
    if (text == null || text.isEmpty() || text.length() > MAX_VALUE_LENGTH) {
      return List.of();
    }
    return dimension.equals(CATEGORY) ? path(text) : List.of(text);
  }

  /** A category path with every ancestor before it, shortest first. */
  public static List<String> path(String path) {
    List<String> values = new ArrayList<>();
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (end > 0) {
        values.add(path.substring(0, end));
      }
    }
    values.add(path);
    return values;
  }

  /** A string's characters, a number's or boolean's JSON text; else null. */
  private static @Nullable String text(String json, boolean stringsOnly) {
    char first = json.charAt(0);
    if (first == '"') {
      return json.indexOf('\\') < 0 ? json.substring(1, json.length() - 1) : unescaped(json);
    }
    boolean structure = first == '{' || first == '[' || json.equals("null");
    return structure || stringsOnly ? null : json;
  }

  private static String unescaped(String json) {
    try (JsonParser p = JSON.createParser(json)) {
      if (p.nextToken() != JsonToken.VALUE_STRING) {
        throw new IOException("not a JSON string: " + json);
      }
      return p.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
