package io.podium.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * YAML (and so JSON) as maps, lists and scalars. Refused: a key given twice, an alias (Jackson
 * would take it for a text), a second document, more than 4 MiB or 50 levels.
 */
final class Yaml {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_DEPTH = 50;
  private static final YAMLFactory FACTORY = factory();

  private Yaml() {}

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  static Map<String, @Nullable Object> read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException(file + ": the file is larger than 4 MiB");
      }
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such file; name another with --config");
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": the file is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      throw new ConfigException(file + ": the file cannot be read: " + e.getMessage());
    }
  }

  static Map<String, @Nullable Object> parse(String text, String name) {
    Object root = tree(text, name);
    if (root == null) {
      return new LinkedHashMap<>();
    }
    if (!(root instanceof Map)) {
      throw new ConfigException(name + ": the file must be a mapping of keys to values");
    }
    return mapping(root);
  }

  /** A value of the environment or a flag: text, unless it is written as a list or mapping. */
  static Object value(String text, String key) {
    if (!text.startsWith("[") && !text.startsWith("{")) {
      return text;
    }
    Object value = tree(text, key);
    return value == null ? text : value;
  }

  /** The map that {@link #tree} made, with its type back. */
  @SuppressWarnings("unchecked") // every Map in a tree was made by object()
  static Map<String, @Nullable Object> mapping(Object value) {
    return (Map<String, @Nullable Object>) value;
  }

  private static @Nullable Object tree(String text, String name) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      Object root = parser.nextToken() == null ? null : node(parser, name);
      if (parser.nextToken() != null) {
        throw new ConfigException(name + ": only one document is allowed");
      }
      return root;
    } catch (JacksonException e) {
      String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new ConfigException(name + where + ": " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new ConfigException(name + ": " + e.getMessage());
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "not valid YAML" : message.lines().findFirst().orElse("not YAML");
  }

  private static @Nullable Object node(YAMLParser parser, String name) throws IOException {
    if (parser.isCurrentAlias()) {
      throw refused(parser, name, "aliases (*name) are not allowed; write the value out");
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser, name);
      case START_ARRAY -> array(parser, name);
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> number(parser, name);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static Object number(JsonParser parser, String name) throws IOException {
    if (parser.isNaN()) {
      throw refused(parser, name, parser.getText() + " is not a finite number");
    }
    return parser.getDecimalValue();
  }

  private static Map<String, @Nullable Object> object(YAMLParser parser, String name)
      throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (map.containsKey(key)) {
        throw refused(parser, name, "the key " + key + " is given twice");
      }
      parser.nextToken();
      map.put(key, node(parser, name));
    }
    return map;
  }

  private static List<@Nullable Object> array(YAMLParser parser, String name) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(node(parser, name));
    }
    return list;
  }

  private static ConfigException refused(JsonParser parser, String name, String reason) {
    int line = parser.currentTokenLocation().getLineNr();
    return new ConfigException(name + ", line " + line + ": " + reason);
  }
}
