package io.podium.ranking.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.podium.ranking.board.Currencies;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of {@code data}, read in one pass before the type is known (it may stand behind):
 * whether a missing or bad member is a fault is for the type to say. JSON {@code null} is the same
 * as not there.
 */
final class DataFields {
  boolean isObject;

  @Nullable String orderId;
  long orderHi;
  long orderLo;
  boolean badOrderId;

  @Nullable String currency;
  boolean badCurrency;

  Buyer buyer = Buyer.UNKNOWN;

  /** Of the buyer's attributes, see {@link ContentHash#pair}. */
  long attributesHash;

  boolean badBuyer;

  @Nullable List<Line> lines;
  @Nullable String linesFault;
  boolean linesWithoutPrice;

  @Nullable String productId;
  long productHi;
  long productLo;

  long quantity = 1;
  boolean badQuantity;

  /** Card members as JSON text; null text removes. */
  @Nullable Map<String, @Nullable String> card;

  void read(JsonParser p) throws IOException, Fault {
    isObject = p.currentToken() == JsonToken.START_OBJECT;
    if (!isObject) {
      p.skipChildren();
      return;
    }
    int seen = 0;
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      int bit = readMember(name, p, p.nextToken());
      if ((seen & bit) != 0) {
        throw new Fault(Reason.DUPLICATE_MEMBER);
      }
      seen |= bit;
    }
  }

  void orderId(String id, Key key) {
    orderId = id;
    orderHi = key.hi;
    orderLo = key.lo;
  }

  void productId(String id, Key key) {
    productId = id;
    productHi = key.hi;
    productLo = key.lo;
  }

  /** The bit of a member that is known; 0 for one that nobody reads. */
  private int readMember(String member, JsonParser p, JsonToken token) throws IOException, Fault {
    boolean set = token != JsonToken.VALUE_NULL;
    switch (member) {
      case "orderId" -> {
        String name = set ? Json.name(p) : null;
        badOrderId = set && name == null;
        if (name != null) {
          orderId(name, new Key().start().add(name));
        }
        return 1;
      }
      case "currency" -> {
        currency = set ? Currencies.known(Json.name(p)) : null;
        badCurrency = set && currency == null;
        return 2;
      }
      case "buyer" -> {
        if (set) {
          readBuyer(p);
        }
        return 4;
      }
      case "lines" -> {
        if (set) {
          readLines(p);
        }
        return 8;
      }
      case "productId" -> {
        String id = set ? Json.name(p) : null;
        if (id != null) {
          productId(id, new Key().start().add(id));
        }
        return 16;
      }
      case "quantity" -> {
        quantity = set ? Json.integer(p) : 1;
        badQuantity = !isQuantity(quantity);
        return 32;
      }
      case "card" -> {
        readCard(p);
        return 64;
      }
      default -> {
        p.skipChildren();
        return 0;
      }
    }
  }

  private void readBuyer(JsonParser p) throws IOException, Fault {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      badBuyer = true;
      p.skipChildren();
      return;
    }
    String id = null;
    Map<String, String> attributes = new HashMap<>(4);
    boolean idSeen = false;
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      JsonToken token = p.nextToken();
      if (name.equals("id")) {
        if (idSeen) {
          throw new Fault(Reason.DUPLICATE_MEMBER);
        }
        idSeen = true;
        id = buyerId(p, token);
      } else {
        String value = attribute(p, token);
        if (value != null) {
          if (attributes.put(name, value) != null) {
            throw new Fault(Reason.DUPLICATE_MEMBER);
          }
          attributesHash += ContentHash.pair(name, value);
        }
      }
    }
    buyer = id == null && attributes.isEmpty() ? Buyer.UNKNOWN : new Buyer(id, attributes);
  }

  /** An empty id is what shops send for guests: nobody is known. */
  private @Nullable String buyerId(JsonParser p, JsonToken token) throws IOException {
    boolean none =
        token == JsonToken.VALUE_NULL
            || (token == JsonToken.VALUE_STRING && p.getTextLength() == 0);
    String id = none ? null : Json.name(p);
    badBuyer |= !none && id == null;
    return id;
  }

  /** Strings as they are, numbers and booleans as their JSON text; null for what is no value. */
  private static @Nullable String attribute(JsonParser p, JsonToken token) throws IOException {
    if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
      p.skipChildren();
      return null;
    }
    if (p.getTextLength() == 0 || p.getTextLength() > Text.MAX_LENGTH) {
      return null;
    }
    String text = p.getText();
    return Text.isWellFormed(text) ? text : null;
  }

  private void readLines(JsonParser p) throws IOException, Fault {
    if (p.currentToken() != JsonToken.START_ARRAY) {
      linesFault = Reason.LINES;
      p.skipChildren();
      return;
    }
    List<Line> read = new ArrayList<>(4);
    while (p.nextToken() != JsonToken.END_ARRAY) {
      if (p.currentToken() != JsonToken.START_OBJECT) {
        linesFault = Reason.LINES;
        p.skipChildren();
      } else {
        readLine(p, read);
      }
    }
    lines = read;
  }

  private void readLine(JsonParser p, List<Line> read) throws IOException, Fault {
    int seen = 0;
    String product = null;
    long units = Json.NOT_AN_INTEGER;
    long price = 0;
    boolean priced = false;
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      JsonToken token = p.nextToken();
      int bit = 0;
      switch (name) {
        case "productId" -> {
          product = Json.name(p);
          bit = 1;
        }
        case "quantity" -> {
          units = Json.integer(p);
          bit = 2;
        }
        case "unitPrice" -> {
          priced = token != JsonToken.VALUE_NULL;
          price = priced ? Json.integer(p) : 0;
          bit = 4;
        }
        default -> p.skipChildren();
      }
      if ((seen & bit) != 0) {
        throw new Fault(Reason.DUPLICATE_MEMBER);
      }
      seen |= bit;
    }
    add(read, product, units, price);
    linesWithoutPrice |= !priced;
  }

  private void add(List<Line> read, @Nullable String product, long units, long price) {
    if (product == null) {
      linesFault = Reason.PRODUCT_ID;
    } else if (!isQuantity(units)) {
      linesFault = Reason.QUANTITY;
    } else if (price < 0 || price > EventDecoder.MAX_AMOUNT) {
      linesFault = Reason.UNIT_PRICE;
    } else {
      read.add(new Line(product, units, price));
    }
  }

  static boolean isQuantity(long value) {
    return value >= 1 && value <= EventDecoder.MAX_AMOUNT;
  }

  private void readCard(JsonParser p) throws IOException, Fault {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    Map<String, @Nullable String> members = new HashMap<>();
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      if (members.containsKey(name)) {
        throw new Fault(Reason.DUPLICATE_MEMBER);
      }
      if (!Text.isWellFormed(name)) {
        throw new Fault(Reason.CARD);
      }
      members.put(name, p.nextToken() == JsonToken.VALUE_NULL ? null : Json.compact(p));
    }
    card = members;
  }
}
