package io.podium.ranking.legacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/**
 * Imports legacy order files through a mapping. Can be stopped at any moment and run again: every
 * event has an id that follows from its rows. Not thread-safe; one run per instance.
 */
public final class Importer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_AMOUNT = 1_000_000_000L;
  private static final int TELL_EVERY = 500;

  private final Mapping mapping;
  private final EventSink sink;
  private final Path rejectedRows;
  private final Consumer<Tally> progress;
  private final OrderGroups groups;
  private final Map<String, Long> cards = new HashMap<>();
  private long rows;
  private long orders;
  private long cancellations;
  private long cardEvents;
  private long rejected;
  private long bytesTotal;
  private long bytesBefore;

  /**
   * @param rejected rows that became no part of an event
   * @param bytesRead of all files, as they are on disk
   */
  public record Tally(
      long rows,
      long orders,
      long cancellations,
      long cards,
      long rejected,
      long bytesRead,
      long bytesTotal) {
    public long events() {
      return orders + cancellations + cards;
    }
  }

  /**
   * @param rejectedRows is written anew: one JSON object per row, with file, line and reason
   * @param progress told every some hundred rows, and at the end
   */
  public Importer(Mapping mapping, EventSink sink, Path rejectedRows, Consumer<Tally> progress) {
    this.mapping = mapping;
    this.sink = sink;
    this.rejectedRows = rejectedRows;
    this.progress = progress;
    this.groups = new OrderGroups(mapping, this::put);
  }

  /** At the return everything is safe, and the sink is closed. */
  public Tally run(List<Path> files) throws IOException, InterruptedException {
    for (Path file : files) {
      bytesTotal += Files.size(file);
    }
    try (sink;
        BufferedWriter rejects = Files.newBufferedWriter(rejectedRows, StandardCharsets.UTF_8)) {
      for (Path file : files) {
        read(file, rejects);
        bytesBefore += Files.size(file);
      }
      sink.finish();
    }
    progress.accept(tally(0));
    return tally(0);
  }

  private void read(Path file, BufferedWriter rejects) throws IOException, InterruptedException {
    String name = file.getFileName().toString();
    try (CountedStream counted = new CountedStream(Files.newInputStream(file));
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(counted) : counted) {
      RowReader.Rows sorter =
          new RowReader.Rows() {
            @Override
            public void row(Row row) throws IOException, InterruptedException {
              take(row, rejects);
              if (rows % TELL_EVERY == 0) {
                progress.accept(tally(counted.count()));
              }
            }

            @Override
            public void unreadable(Row row, String reason) throws IOException {
              rows++;
              reject(row, reason, rejects);
            }
          };
      new RowReader(name, mapping, sorter).read(in);
      groups.completeAll();
    }
  }

  private Tally tally(long bytesOfThisFile) {
    return new Tally(
        rows,
        orders,
        cancellations,
        cardEvents,
        rejected,
        bytesBefore + bytesOfThisFile,
        bytesTotal);
  }

  private void take(Row row, BufferedWriter rejects) throws IOException, InterruptedException {
    rows++;
    try {
      for (Filter filter : mapping.rejects()) {
        if (filter.meets(row)) {
          throw new RowException(filter.reason());
        }
      }
      Instant time = mapping.time().time(row);
      OrderGroups.Line line = line(row);
      groups.add(row, rows, time, line);
      tellCard(row, line.productId(), time);
    } catch (RowException e) {
      reject(row, String.valueOf(e.getMessage()), rejects);
    }
  }

  private OrderGroups.Line line(Row row) throws RowException {
    String product = mapping.productId().text(row);
    if (product.isEmpty()) {
      throw new RowException("no product id");
    }
    long quantity = mapping.quantity().number(row, "quantity");
    if (mapping.negated() && mapping.isCancelled(row)) {
      quantity = -quantity;
    }
    if (quantity < 1 || quantity > MAX_AMOUNT) {
      throw new RowException("quantity " + quantity + " is not 1 to 10^9");
    }
    long price = mapping.unitPrice() == null ? 0 : mapping.unitPrice().number(row, "unit price");
    if (price < 0 || price > MAX_AMOUNT) {
      throw new RowException("unit price " + price + " is not 0 to 10^9");
    }
    return new OrderGroups.Line(product, quantity, price);
  }

  /** Once per product and content in a row: what was told last is remembered. */
  private void tellCard(Row row, String product, Instant time)
      throws IOException, InterruptedException {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    mapping
        .card()
        .forEach(
            (name, field) -> {
              String text = field.text(row);
              if (!text.isEmpty()) {
                members.put(name, text);
              }
            });
    if (members.isEmpty()) {
      return;
    }
    CRC32C crc = new CRC32C();
    crc.update(JSON.writeValueAsBytes(members));
    Long last = cards.put(product, crc.getValue());
    if (last != null && last == crc.getValue()) {
      return;
    }
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("specversion", "1.0").put("source", mapping.source());
    event.put("id", "card:" + product + ":" + time + ":" + Long.toHexString(crc.getValue()));
    event.put("type", "product.upserted").put("time", time.toString());
    event.putObject("data").put("productId", product).set("card", members);
    cardEvents++;
    sink.put(JSON.writeValueAsBytes(event));
  }

  private void put(ObjectNode event, boolean cancelled) throws IOException, InterruptedException {
    if (cancelled) {
      cancellations++;
    } else {
      orders++;
    }
    sink.put(JSON.writeValueAsBytes(event));
  }

  private void reject(Row row, String reason, BufferedWriter rejects) throws IOException {
    rejected++;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("file", row.file()).put("line", row.line()).put("reason", reason);
    ObjectNode values = json.putObject("row");
    row.values().forEach(values::put);
    rejects.write(json.toString());
    rejects.newLine();
  }
}
