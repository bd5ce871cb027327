package io.podium.ranking.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the rows of a file, UTF-8. */
final class RowReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Mapping mapping;
  private final Rows rows;

  /** Takes rows, and lines that are none. */
  interface Rows {
    void row(Row row) throws IOException, InterruptedException;

    void unreadable(Row row, String reason) throws IOException;
  }

  RowReader(String name, Mapping mapping, Rows rows) {
    this.name = name;
    this.mapping = mapping;
    this.rows = rows;
  }

  void read(InputStream in) throws IOException, InterruptedException {
    if (mapping.format() == Mapping.Format.CSV) {
      readCsv(in);
    } else {
      readLines(in);
    }
  }

  private void readCsv(InputStream in) throws IOException, InterruptedException {
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(mapping.separator());
    try (MappingIterator<String[]> cells =
        new CsvMapper()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .readerFor(String[].class)
            .with(schema)
            .readValues(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String[] header = null;
      while (hasNext(cells)) {
        long line = cells.getCurrentLocation().getLineNr();
        String[] row = cells.next();
        if (header == null) {
          header = header(row);
        } else if (row.length == header.length) {
          rows.row(row(line, header, row));
        } else {
          String reason = row.length + " columns instead of " + header.length;
          rows.unreadable(row(line, header, row), reason);
        }
      }
    }
  }

  private boolean hasNext(MappingIterator<String[]> cells) throws IOException {
    try {
      return cells.hasNextValue();
    } catch (RuntimeJsonMappingException | JsonProcessingException e) {
      throw new IOException(
          name + ", line " + cells.getCurrentLocation().getLineNr() + ": not CSV", e);
    }
  }

  /** A byte order mark is no part of the first column's name. */
  private static String[] header(String[] row) {
    String[] header = row.clone();
    for (int i = 0; i < header.length; i++) {
      header[i] = header[i].replace("\uFEFF", "").strip();
    }
    return header;
  }

  private Row row(long line, String[] header, String[] cells) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i++) {
      values.put(i < header.length ? header[i] : "column " + (i + 1), cells[i]);
    }
    return new Row(name, line, values);
  }

  private void readLines(InputStream in) throws IOException, InterruptedException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        readLine(number, line);
      }
    }
  }

  private void readLine(long number, String line) throws IOException, InterruptedException {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      flatten("", JSON.readTree(line), values);
    } catch (JsonProcessingException e) {
      rows.unreadable(new Row(name, number, Map.of("line", line)), "not JSON");
      return;
    }
    rows.row(new Row(name, number, values));
  }

  private static void flatten(String path, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      String before = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(m -> flatten(before + m.getKey(), m.getValue(), values));
    } else if (!node.isNull()) {
      values.put(path, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
