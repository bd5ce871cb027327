package io.podium.ranking.event;

import io.podium.ranking.board.Currencies;
import io.podium.ranking.event.Recurring.Attributes;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event of the common shape in one pass over its bytes: ASCII, no escapes, plain integers,
 * members that are known and stand once. Gives up at anything else, which says nothing about the
 * event: the general reader then starts anew. What it does not give up on it reads as that one
 * does, so that nobody can tell which of them read an event.
 */
final class PlainEvent {
  private static final Word VERSION = Word.of("1.0");
  private static final Word SPECVERSION = Word.of("specversion");
  private static final Word ID = Word.of("id");
  private static final Word SOURCE = Word.of("source");
  private static final Word TYPE = Word.of("type");
  private static final Word TIME = Word.of("time");
  private static final Word DATA = Word.of("data");
  private static final Word PRODUCT_ID = Word.of("productId");
  private static final Word ORDER_ID = Word.of("orderId");
  private static final Word CURRENCY = Word.of("currency");
  private static final Word QUANTITY = Word.of("quantity");
  private static final Word BUYER = Word.of("buyer");
  private static final Word LINES = Word.of("lines");
  private static final Word UNIT_PRICE = Word.of("unitPrice");

  /** More of a buyer are left to the general reader. */
  private static final int MOST_ATTRIBUTES = 8;

  private static final int MOST_DIGITS = 18;

  private final PlainText text;
  private final Key key = new Key();
  private final Word[] types;
  private final Recurring recurring;
  private int idFrom;
  private int idLength;
  private int sourceFrom;
  private int sourceLength;

  /**
   * @param types of which events are given the very instance
   * @param recurring is asked for what other events had as well, and keeps what is new
   */
  PlainEvent(byte[] json, Word[] types, Recurring recurring) {
    this.text = new PlainText(json);
    this.types = types;
    this.recurring = recurring;
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
    if (text.is(DATA)) {
      return text.skip(':') && readData(into.data) ? 32 : 0;
    }
    int bit = attribute();
    if (!text.skip(':') || !text.string() || (bit != 64 && !text.isNameLength())) {
      return 0;
    }
    switch (bit) {
      case 1 -> {
        into.specversion = VERSION.text;
        return text.is(VERSION) ? bit : 0;
      }
      case 2 -> {
        into.id = text.get();
        idFrom = text.from;
        idLength = text.length;
      }
      case 4 -> {
        into.source = recurring.word(text).text;
        sourceFrom = text.from;
        sourceLength = text.length;
      }
      case 8 -> into.type = type();
      case 16 -> {
        into.time = recurring.time(text);
        return into.time == null ? 0 : bit;
      }
      default -> {}
    }
    return bit;
  }

  private int attribute() {
    return switch (text.length) {
      case 2 -> text.is(ID) ? 2 : 64;
      case 4 -> text.is(TYPE) ? 8 : text.is(TIME) ? 16 : 64;
      case 6 -> text.is(SOURCE) ? 4 : 64;
      case 11 -> text.is(SPECVERSION) ? 1 : 64;
      default -> 64;
    };
  }

  private String type() {
    for (Word type : types) {
      if (text.is(type)) {
        return type.text;
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
    if (text.is(PRODUCT_ID)) {
      boolean read = nameValue();
      data.productId(read ? text.get() : "", key);
      return read ? 16 : 0;
    }
    if (text.is(ORDER_ID)) {
      boolean read = nameValue();
      data.orderId(read ? text.get() : "", key);
      return read ? 1 : 0;
    }
    if (text.is(CURRENCY)) {
      boolean read = text.string() && text.length == 3;
      data.currency = read ? Currencies.known(recurring.word(text).text) : null;
      return data.currency == null ? 0 : 2;
    }
    if (text.is(QUANTITY)) {
      data.quantity = integer();
      return DataFields.isQuantity(data.quantity) ? 32 : 0;
    }
    if (text.is(BUYER)) {
      return readBuyer(data) ? 4 : 0;
    }
    return text.is(LINES) && readLines(data) ? 8 : 0;
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
    Word[] attributes = new Word[2 * MOST_ATTRIBUTES];
    int n = 0;
    do {
      if (!text.name()) {
        return false;
      }
      Word name = text.is(ID) ? null : recurring.word(text);
      if (!text.colonFollows() || !text.string() || !text.isNameLength()) {
        return false;
      }
      if (name != null) {
        if (n == attributes.length) {
          return false;
        }
        attributes[n++] = name;
        attributes[n++] = recurring.word(text);
      } else if (id != null) {
        return false;
      } else {
        id = text.get();
        key.start().addAscii(text.json, text.from, text.length);
        hi = key.hi;
        lo = key.lo;
      }
    } while (text.skip(','));
    Attributes known = recurring.attributes(attributes, n);
    if (known == null) {
      return false;
    }
    data.buyer = new Buyer(id, known.map, hi, lo);
    data.attributesHash = known.hash;
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
      if (product == null && text.is(PRODUCT_ID)) {
        if (!nameValue()) {
          return null;
        }
        product = text.get();
        hi = key.hi;
        lo = key.lo;
      } else if (quantity < 0 && text.is(QUANTITY)) {
        quantity = integer();
      } else if (price < 0 && text.is(UNIT_PRICE)) {
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

  static Word[] types(Iterable<String> all) {
    List<Word> ascii = new ArrayList<>();
    for (String type : all) {
      if (StandardCharsets.US_ASCII.newEncoder().canEncode(type)) {
        ascii.add(Word.of(type));
      }
    }
    return ascii.toArray(Word[]::new);
  }
}
