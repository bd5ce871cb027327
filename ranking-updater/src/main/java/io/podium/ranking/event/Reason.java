package io.podium.ranking.event;

/** Why an event is refused: fixed words, used as metric labels and in dead letters. */
public final class Reason {
  /** Not JSON, not UTF-8, nested too deeply, or something follows the event. */
  public static final String JSON = "json";

  /** JSON, but not an object. */
  public static final String NOT_AN_OBJECT = "not-an-object";

  /** A batch that is not a JSON array. */
  public static final String NOT_AN_ARRAY = "not-an-array";

  /** More than {@link EventDecoder#MAX_EVENT_BYTES}. */
  public static final String TOO_LARGE = "too-large";

  /** A member stands twice in one object. */
  public static final String DUPLICATE_MEMBER = "duplicate-member";

  public static final String SPECVERSION = "specversion";
  public static final String ID = "id";
  public static final String SOURCE = "source";
  public static final String TYPE = "type";

  /** Missing, or not RFC 3339. */
  public static final String TIME = "time";

  /** Missing, or not an object. */
  public static final String DATA = "data";

  public static final String MISSING_ORDER_ID = "missing-order-id";
  public static final String ORDER_ID = "order-id";
  public static final String NO_LINES = "no-lines";
  public static final String LINES = "lines";

  /** Missing, empty, too long, or with control characters. */
  public static final String PRODUCT_ID = "product-id";

  /** Not an integer from 1 to 10^9. */
  public static final String QUANTITY = "quantity";

  /** Not an integer from 0 to 10^9, or missing in an order. */
  public static final String UNIT_PRICE = "unit-price";

  /** Not in ISO 4217. */
  public static final String CURRENCY = "currency";

  public static final String BUYER = "buyer";

  /** Missing, not an object, or with text or numbers that cannot be kept. */
  public static final String CARD = "card";

  private Reason() {}
}
