package io.podium.ranking.legacy;

import io.podium.config.Config;
import io.podium.config.ConfigException;
import io.podium.config.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a legacy order file mean, read from a mapping file and validated.
 *
 * @param separator of CSV
 * @param source CloudEvents source of all events; with their ids it tells repeats
 * @param rejects rows that are not to be imported, with reasons
 * @param cancelled rows that take back; null: none does
 * @param cancelledOrderId which order they take back; null: they name none
 * @param negated quantities of cancelling rows stand below zero
 * @param card members of the product's card; empty: no cards
 */
public record Mapping(
    Format format,
    char separator,
    String source,
    List<Filter> rejects,
    Field orderId,
    Field time,
    @Nullable Field currency,
    @Nullable Field buyerId,
    Map<String, Field> buyer,
    Field productId,
    Field quantity,
    @Nullable Field unitPrice,
    @Nullable Filter cancelled,
    @Nullable Field cancelledOrderId,
    boolean negated,
    Map<String, Field> card) {
  /** How a file is written. */
  public enum Format {
    CSV,
    JSONL
  }

  private static final Set<String> TOP_LEVEL =
      Set.of("format", "separator", "source", "reject", "order", "line", "cancelled", "card");

  /**
   * @throws ConfigException naming key, value and what is allowed
   */
  public static Mapping read(Path file) {
    Section root = Config.load(file, Map.of(), Map.of(), TOP_LEVEL);
    Section order = root.section("order");
    Section buyer = order.section("buyer");
    Section line = root.section("line");
    Section cancelled = root.section("cancelled");
    Mapping mapping =
        new Mapping(
            root.oneOf("format", "csv", "csv", "jsonl").equals("csv") ? Format.CSV : Format.JSONL,
            separator(root),
            root.text("source", "/import"),
            filters(root.section("reject")),
            required(order, "id"),
            required(order, "time"),
            Field.of(order, "currency"),
            Field.of(buyer, "id"),
            fields(buyer, "id"),
            required(line, "productId"),
            required(line, "quantity"),
            Field.of(line, "unitPrice"),
            Filter.of(cancelled, "when"),
            Field.of(cancelled, "orderId"),
            cancelled.oneOf("quantity", "positive", "positive", "negative").equals("negative"),
            fields(root.section("card"), ""));
    order.done();
    line.done();
    cancelled.done();
    root.done();
    return mapping;
  }

  private static char separator(Section root) {
    String text = root.text("separator", ",");
    if (text.length() != 1) {
      throw root.refuse("separator", "one character");
    }
    return text.charAt(0);
  }

  private static Field required(Section section, String key) {
    Field field = Field.of(section, key);
    if (field == null) {
      throw section.refuse(key, "a column, {from: column}, or {constant: text}; it is required");
    }
    return field;
  }

  private static Map<String, Field> fields(Section section, String except) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (String key : section.keys()) {
      Field field = key.equals(except) ? null : Field.of(section, key);
      if (field != null) {
        fields.put(key, field);
      }
    }
    section.done();
    return fields;
  }

  private static List<Filter> filters(Section section) {
    List<Filter> filters = new ArrayList<>();
    for (String key : section.keys()) {
      Filter filter = Filter.of(section, key);
      if (filter != null) {
        filters.add(filter);
      }
    }
    section.done();
    return filters;
  }

  boolean isCancelled(Row row) {
    return cancelled != null && cancelled.meets(row);
  }
}
