package io.podium.read.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A page as it lies in the hot tier, looked at in place: one per event loop, moved from page to
 * page, so that a read allocates nothing. Confined to its loop.
 */
public final class StoredPage {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private static final int RUN = 1;
  private static final int ERA = 9;
  private static final int MOMENT = 17;
  private static final int RENEW_AT = 25;
  private static final int CHECKED_AT = 33;
  private static final int AS_OF = 41;
  private static final int MAX_AGE = 49;
  private static final int COUNT = 53;
  private static final int NAMES = 55;
  private static final int CODED_HEAD = 8;
  private static final int CODINGS = Encoding.values().length;

  private final byte[] bytes;
  private int length;
  private int shared;
  private final int[] codings = new int[CODINGS];

  /**
   * @param bytes that each page is copied to; a larger page does not fit
   */
  public StoredPage(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Where to copy the next page to, from the start. */
  public byte[] bytes() {
    return bytes;
  }

  /** Takes up what was copied; false when it is not a page of this version. */
  public boolean take(int copied) {
    length = copied;
    if (copied < NAMES || bytes[0] != PageCodec.VERSION) {
      return false;
    }
    shared = NAMES + 4 * unsigned(COUNT);
    int at = shared + 2;
    if (at > length) {
      return false;
    }
    at += unsigned(shared);
    for (int i = 0; i < CODINGS; i++) {
      if (at + CODED_HEAD > length) {
        return false;
      }
      codings[i] = at;
      at += CODED_HEAD + unsigned(at + 6) + (int) INT.get(bytes, at);
    }
    return at <= length;
  }

  private int unsigned(int at) {
    return (short) SHORT.get(bytes, at) & 0xffff;
  }

  public long run() {
    return (long) LONG.get(bytes, RUN);
  }

  public long era() {
    return (long) LONG.get(bytes, ERA);
  }

  public long moment() {
    return (long) LONG.get(bytes, MOMENT);
  }

  public long renewAt() {
    return (long) LONG.get(bytes, RENEW_AT);
  }

  public long checkedAt() {
    return (long) LONG.get(bytes, CHECKED_AT);
  }

  public long asOf() {
    return (long) LONG.get(bytes, AS_OF);
  }

  public int maxAge() {
    return (int) INT.get(bytes, MAX_AGE);
  }

  /** How many names the page depends on: its listing and its products. */
  public int names() {
    return unsigned(COUNT);
  }

  /** The hash code of one of them. */
  public int name(int i) {
    return (int) INT.get(bytes, NAMES + 4 * i);
  }

  /** Whether this coding was made, or found not to pay. */
  public boolean has(Encoding coding) {
    return tagLine(coding) != PageCodec.NOT_MADE;
  }

  /** The coding that is sent to a client that accepts {@code wanted} best. */
  public Encoding available(Encoding wanted) {
    return bodyLength(wanted) == 0 ? Encoding.IDENTITY : wanted;
  }

  /** Where the header lines begin that are the same in every coding. */
  public int sharedAt() {
    return shared + 2;
  }

  public int sharedLength() {
    return unsigned(shared);
  }

  public int entityAt(Encoding encoding) {
    return codings[encoding.place()] + CODED_HEAD;
  }

  public int entityLength(Encoding encoding) {
    return unsigned(codings[encoding.place()] + 6);
  }

  /** Bytes of the entity's first line, that of the tag. */
  public int tagLine(Encoding encoding) {
    return unsigned(codings[encoding.place()] + 4);
  }

  public int bodyAt(Encoding encoding) {
    return entityAt(encoding) + entityLength(encoding);
  }

  public int bodyLength(Encoding encoding) {
    return (int) INT.get(bytes, codings[encoding.place()]);
  }
}
