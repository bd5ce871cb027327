package io.podium.ranking.event;

import io.podium.ranking.board.Currencies;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event of the common shape in one pass over its bytes: ASCII, no escapes, plain integers,
 * members that are known and stand once. Gives up at anything else, which says nothing about the
 * event: the general reader then starts anew. What it does not give up on it reads as that one
 * does, so that nobody can tell which of them read an event.
 */
final class PlainEvent {
  private static final String VERSION = "1.0";
  private static final int MOST_DIGITS = 18;

  private final PlainText text;
  private final Key key = new Key();
  private final String[] types;
  private int idFrom;
  private int idLength;
  private int sourceFrom;
  private int sourceLength;

  /**
   * @param types of which events are given the very instance
   */
  PlainEvent(byte[] json, String[] types) {
    this.text = new PlainText(json);
    this.types = types;
  }

  /** Returns false when it gave up. What was read until then is left behind. */
  boolean read(Envelope into) {
    if (!text.skip('{') || text.skip('}')) {
      return false;
    }
    int seen = 0;
    do {
      int bit = text.name() ? readMember(into) : 0;
      if (bit == 0 || (bit != 64 && (seen & bit) != 0)) {
        return false;
      }
      seen |= bit;
    } while (text.skip(','));
    if (!text.skip('}') || !text.atEnd() || (seen & 6) != 6) {
      return false;
    }
    key.start().addAscii(text.json, sourceFrom, sourceLength);
    into.key(key.addAscii(text.json, idFrom, idLength));
    return true;
  }

  /** The member's bit, 64 for one that nobody reads; 0: give up. */
  private int readMember(Envelope into) {
    if (text.is("data")) {
      return text.skip(':') && readData(into.data) ? 32 : 0;
    }
    int bit = attribute();
    if (!text.skip(':') || !text.string() || (bit != 64 && !text.isNameLength())) {
      return 0;
    }
    switch (bit) {
      case 1 -> {
        into.specversion = VERSION;
        return text.is(VERSION) ? bit : 0;
      }
      case 2 -> {
        into.id = text.get();
        idFrom = text.from;
        idLength = text.length;
      }
      case 4 -> {
        into.source = text.get();
        sourceFrom = text.from;
        sourceLength = text.length;
      }
      case 8 -> into.type = type();
      case 16 -> {
        into.time = Rfc3339.parse(text.get());
        return into.time == null ? 0 : bit;
      }
      default -> {}
    }
    return bit;
  }

  private int attribute() {
    return switch (text.length) {
      case 2 -> text.is("id") ? 2 : 64;
      case 4 -> text.is("type") ? 8 : text.is("time") ? 16 : 64;
      case 6 -> text.is("source") ? 4 : 64;
      case 11 -> text.is("specversion") ? 1 : 64;
      default -> 64;
    };
  }

  private String type() {
    for (String type : types) {
      if (text.is(type)) {
        return type;
      }
    }
    return text.get();
  }

  private boolean readData(DataFields data) {
    if (!text.skip('{') || text.skip('}')) {
      return false;
    }
    data.isObject = true;
    int seen = 0;
    do {
      int bit = text.name() && text.colonFollows() ? readDataMember(data) : 0;
      if (bit == 0 || (seen & bit) != 0) {
        return false;
      }
      seen |= bit;
    } while (text.skip(','));
    return text.skip('}');
  }

  private int readDataMember(DataFields data) {
    if (text.is("productId")) {
      boolean read = nameValue();
      data.productId(read ? text.get() : "", key);
      return read ? 16 : 0;
    }
    if (text.is("orderId")) {
      boolean read = nameValue();
      data.orderId(read ? text.get() : "", key);
      return read ? 1 : 0;
    }
    if (text.is("currency")) {
      data.currency = text.string() && text.length == 3 ? Currencies.known(text.get()) : null;
      return data.currency == null ? 0 : 2;
    }
    if (text.is("quantity")) {
      data.quantity = integer();
      return DataFields.isQuantity(data.quantity) ? 32 : 0;
    }
    if (text.is("buyer")) {
      return readBuyer(data) ? 4 : 0;
    }
    return text.is("lines") && readLines(data) ? 8 : 0;
  }

  /** A string that is fit to be a name; with its key. */
  private boolean nameValue() {
    if (!text.string() || !text.isNameLength()) {
      return false;
    }
    key.start().addAscii(text.json, text.from, text.length);
    return true;
  }

  private boolean readBuyer(DataFields data) {
    if (!text.skip('{') || text.skip('}')) {
      return false;
    }
    String id = null;
    long hi = 0;
    long lo = 0;
    Map<String, String> attributes = new HashMap<>(4);
    do {
      if (!text.name()) {
        return false;
      }
      String name = text.is("id") ? null : text.get();
      if (!text.colonFollows() || !text.string() || !text.isNameLength()) {
        return false;
      }
      if (name != null) {
        if (attributes.put(name, text.get()) != null) {
          return false;
        }
      } else if (id != null) {
        return false;
      } else {
        id = text.get();
        key.start().addAscii(text.json, text.from, text.length);
        hi = key.hi;
        lo = key.lo;
      }
    } while (text.skip(','));
    data.buyer = new Buyer(id, attributes, hi, lo);
    return text.skip('}');
  }

  private boolean readLines(DataFields data) {
    if (!text.skip('[')) {
      return false;
    }
    List<Line> lines = new ArrayList<>(4);
    do {
      Line line = line();
      if (line == null) {
        return false;
      }
      lines.add(line);
    } while (text.skip(','));
    data.lines = lines;
    return text.skip(']');
  }

  private @Nullable Line line() {
    if (!text.skip('{')) {
      return null;
    }
    String product = null;
    long hi = 0;
    long lo = 0;
    long quantity = -1;
    long price = -1;
    do {
      if (!text.name() || !text.colonFollows()) {
        return null;
      }
      if (product == null && text.is("productId")) {
        if (!nameValue()) {
          return null;
        }
        product = text.get();
        hi = key.hi;
        lo = key.lo;
      } else if (quantity < 0 && text.is("quantity")) {
        quantity = integer();
      } else if (price < 0 && text.is("unitPrice")) {
        price = integer();
      } else {
        return null;
      }
    } while (text.skip(','));
    boolean whole =
        product != null
            && DataFields.isQuantity(quantity)
            && price >= 0
            && price <= EventDecoder.MAX_AMOUNT;
    return product != null && whole && text.skip('}')
        ? new Line(product, quantity, price, hi, lo)
        : null;
  }

  /** Digits without a sign and more; -1 for anything else. */
  private long integer() {
    int digits = text.digits();
    if (digits == 0 || digits > MOST_DIGITS) {
      return -1;
    }
    return text.number();
  }

  /** One text as one instance for each of some types. */
  static String[] types(Iterable<String> all) {
    List<String> ascii = new ArrayList<>();
    for (String type : all) {
      if (StandardCharsets.US_ASCII.newEncoder().canEncode(type)) {
        ascii.add(type);
      }
    }
    return ascii.toArray(String[]::new);
  }
}
