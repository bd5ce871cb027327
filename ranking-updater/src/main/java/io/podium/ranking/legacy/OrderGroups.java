package io.podium.ranking.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts rows of one order together. An order is complete when none of its rows came for a while:
 * memory is bounded, and the same file always gives the same events. A row that comes later still
 * makes an event with the id of the first: the updater counts it as a conflict, not as a sale.
 */
final class OrderGroups {
  /** Rows after the last one of an order, after which it is complete. */
  private static final long COMPLETE_AFTER = 10_000;

  private static final int MAX_LINES = 10_000;

  private final Mapping mapping;
  private final Map<String, Group> open = new LinkedHashMap<>(16, 0.75f, true);
  private final Out out;

  /** Takes complete orders. */
  interface Out {
    void order(ObjectNode event, boolean cancelled) throws IOException, InterruptedException;
  }

  private static final class Group {
    final ObjectNode event;
    final ArrayNode lines;
    final boolean cancelled;
    long lastRow;

    Group(ObjectNode event, ArrayNode lines, boolean cancelled) {
      this.event = event;
      this.lines = lines;
      this.cancelled = cancelled;
    }
  }

  OrderGroups(Mapping mapping, Out out) {
    this.mapping = mapping;
    this.out = out;
  }

  /**
   * @param number of the row over all files
   */
  void add(Row row, long number, Instant time, Line line)
      throws RowException, IOException, InterruptedException {
    completeOld(number);
    boolean cancelled = mapping.isCancelled(row);
    String id = mapping.orderId().text(row);
    if (id.isEmpty()) {
      throw new RowException("no order id");
    }
    Group group = open.get((cancelled ? "c" : "o") + id);
    if (group == null) {
      group = open(row, id, time, cancelled);
      open.put((cancelled ? "c" : "o") + id, group);
    }
    if (group.lines.size() >= MAX_LINES) {
      throw new RowException("more than " + MAX_LINES + " lines in order " + id);
    }
    group.lastRow = number;
    ObjectNode json = group.lines.addObject();
    json.put("productId", line.productId()).put("quantity", line.quantity());
    json.put("unitPrice", line.unitPrice());
  }

  /** One line of an order, as the event tells it. */
  record Line(String productId, long quantity, long unitPrice) {}

  private Group open(Row row, String id, Instant time, boolean cancelled) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("specversion", "1.0").put("source", mapping.source());
    event.put("id", (cancelled ? "cancelled:" : "placed:") + id);
    event.put("type", cancelled ? "order.cancelled" : "order.placed");
    event.put("time", time.toString());
    ObjectNode data = event.putObject("data");
    Field orderId = cancelled ? mapping.cancelledOrderId() : mapping.orderId();
    if (orderId != null) {
      data.put("orderId", orderId.text(row));
    }
    if (mapping.currency() != null) {
      data.put("currency", mapping.currency().text(row));
    }
    putBuyer(row, data);
    return new Group(event, data.putArray("lines"), cancelled);
  }

  private void putBuyer(Row row, ObjectNode data) {
    ObjectNode buyer = JsonNodeFactory.instance.objectNode();
    if (mapping.buyerId() != null) {
      put(buyer, "id", mapping.buyerId().text(row));
    }
    mapping.buyer().forEach((name, field) -> put(buyer, name, field.text(row)));
    if (!buyer.isEmpty()) {
      data.set("buyer", buyer);
    }
  }

  private static void put(ObjectNode json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }

  private void completeOld(long number) throws IOException, InterruptedException {
    Iterator<Group> oldestFirst = open.values().iterator();
    List<Group> complete = new ArrayList<>();
    while (oldestFirst.hasNext()) {
      Group group = oldestFirst.next();
      if (number - group.lastRow <= COMPLETE_AFTER) {
        break;
      }
      complete.add(group);
      oldestFirst.remove();
    }
    for (Group group : complete) {
      out.order(group.event, group.cancelled);
    }
  }

  /** No more rows. */
  void completeAll() throws IOException, InterruptedException {
    for (Group group : List.copyOf(open.values())) {
      out.order(group.event, group.cancelled);
    }
    open.clear();
  }
}
