package io.podium.ranking.stream;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import io.podium.ranking.stream.EventLog.Batch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the reply of {@code XREAD} straight into entries: of an entry only the event's bytes are
 * kept, where the library's own output makes a map with its names and values for each. Owned by the
 * connection's thread.
 *
 * <pre>
 * RESP2  [ [stream, [ [id, [name, value, ...]], ... ]], ... ]
 * RESP3  { stream: [ [id, [name, value, ...]], ... ], ... }
 * </pre>
 */
final class EntriesOutput extends CommandOutput<String, byte[], Batch> {
  private static final byte[] NOTHING = new byte[0];
  private static final int MAX_DIGITS = 18;
  private static final int MAX_ID = 41;

  private enum Next {
    STREAM,
    ENTRIES,
    ENTRY,
    ID,
    FIELDS,
    NAME,
    VALUE
  }

  private Next next = Next.STREAM;
  private @Nullable StreamName stream;
  private int entriesLeft;
  private int fieldsLeft;
  private byte name;
  private EntryId id = EntryId.START;
  private long ordinal;
  private byte[] checksum = NOTHING;
  private byte[] event = NOTHING;
  private final byte[] digits = new byte[MAX_ID];
  private int at;

  EntriesOutput(RedisCodec<String, byte[]> codec) {
    super(codec, new Batch(new ArrayList<>(), new ArrayList<>()));
  }

  @Override
  public void multi(int count) {
    switch (next) {
      case ENTRIES -> {
        entriesLeft = count;
        next = count > 0 ? Next.ENTRY : Next.STREAM;
      }
      case ENTRY -> next = Next.ID;
      case FIELDS -> {
        fieldsLeft = count;
        next = Next.NAME;
        if (count <= 0) {
          emit();
        }
      }
      default -> {
        // The frames around a stream tell nothing.
      }
    }
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      // No stream had anything.
      return;
    }
    switch (next) {
      case STREAM -> {
        stream = stream(bytes);
        next = Next.ENTRIES;
      }
      case ID -> {
        int length = digits(bytes);
        at = 0;
        id = new EntryId(number(length), number(length));
        next = Next.FIELDS;
      }
      case NAME -> {
        name = bytes.remaining() == 1 ? bytes.get(bytes.position()) : 0;
        next = Next.VALUE;
      }
      default -> value(bytes);
    }
  }

  private static @Nullable StreamName stream(ByteBuffer bytes) {
    byte[] key = copy(bytes);
    for (StreamName known : StreamName.values()) {
      if (Arrays.equals(key, RedisScript.bytes(known.key()))) {
        return known;
      }
    }
    return null;
  }

  private void value(ByteBuffer bytes) {
    switch (name) {
      case 'n' -> ordinal = ordinal(bytes);
      case 'c' -> checksum = copy(bytes);
      case 'e' -> event = copy(bytes);
      default -> {
        // Not ours.
      }
    }
    next = Next.NAME;
    fieldsLeft -= 2;
    if (fieldsLeft <= 0) {
      emit();
    }
  }

  private void emit() {
    StreamName of = stream;
    if (of != null) {
      boolean intact = ordinal > 0 && StreamEntry.isChecksum(checksum, event);
      (of == StreamName.EVENTS ? output.events() : output.products())
          .add(new StreamEntry(of, id, ordinal, event, intact));
    }
    ordinal = 0;
    checksum = NOTHING;
    event = NOTHING;
    entriesLeft--;
    next = entriesLeft > 0 ? Next.ENTRY : Next.STREAM;
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  /** 0 for what is no number of an entry. */
  private long ordinal(ByteBuffer bytes) {
    if (bytes.remaining() > MAX_DIGITS) {
      return 0;
    }
    int length = digits(bytes);
    at = 0;
    long value = number(length);
    return at == length && length > 0 && isDigit(digits[length - 1]) ? value : 0;
  }

  /** Takes them out of a buffer whose every access is checked. */
  private int digits(ByteBuffer bytes) {
    int length = Math.min(bytes.remaining(), digits.length);
    bytes.get(digits, 0, length);
    return length;
  }

  /** Digits up to the end or to the first byte that is none, which is taken too; 0 without any. */
  private long number(int length) {
    long value = 0;
    while (at < length) {
      byte b = digits[at++];
      if (!isDigit(b)) {
        break;
      }
      value = value * 10 + b - '0';
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
