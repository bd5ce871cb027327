package io.podium.ranking.sim;

import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A month of invoices, one line a row ({@code
 * InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country}), as events.
 * An invoice whose number starts with C is a cancellation that names no order.
 *
 * @param skipped rows that are no sale: adjustments with a quantity or price below what is sold
 */
record Month(List<SalesEvent> events, int rows, int skipped) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private record Invoice(Instant time, Buyer buyer, List<Line> lines) {}

  static Month read(BufferedReader csv) throws IOException {
    Map<String, Invoice> invoices = new LinkedHashMap<>();
    int rows = 0;
    int skipped = 0;
    csv.readLine();
    for (String row = csv.readLine(); row != null; row = csv.readLine()) {
      rows++;
      List<String> cells = cells(row);
      boolean cancelled = cells.get(0).startsWith("C");
      long quantity = Long.parseLong(cells.get(3)) * (cancelled ? -1 : 1);
      BigDecimal price = new BigDecimal(cells.get(5));
      if (quantity <= 0 || price.signum() < 0) {
        skipped++;
        continue;
      }
      long pence = price.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
      invoices
          .computeIfAbsent(cells.get(0), id -> invoice(cells))
          .lines()
          .add(new Line(cells.get(1), quantity, pence));
    }
    List<SalesEvent> events = new ArrayList<>();
    invoices.forEach((id, invoice) -> events.add(event(id, invoice)));
    return new Month(events, rows, skipped);
  }

  private static Invoice invoice(List<String> cells) {
    Instant time = LocalDateTime.parse(cells.get(4), TIME).toInstant(ZoneOffset.UTC);
    String customer = cells.get(6);
    Map<String, String> attributes = Map.of("country", cells.get(7));
    return new Invoice(
        time, new Buyer(customer.isEmpty() ? null : customer, attributes), new ArrayList<>());
  }

  private static SalesEvent event(String id, Invoice invoice) {
    boolean cancelled = id.startsWith("C");
    String type = cancelled ? "order.cancelled" : "order.placed";
    Meta meta = new Meta("/invoices", id, type, invoice.time(), id.hashCode());
    return cancelled
        ? new OrderCancelled(meta, null, "GBP", invoice.buyer(), List.copyOf(invoice.lines()))
        : new OrderPlaced(meta, id, "GBP", invoice.buyer(), List.copyOf(invoice.lines()));
  }

  /** Cells may stand in double quotes, which are doubled inside. */
  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '"' && quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
