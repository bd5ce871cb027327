package io.podium.ranking.stream;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import io.podium.ranking.stream.EventLog.Batch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.zip.CRC32C;
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

  private enum Next {
    STREAM,
    ENTRIES,
    ENTRY,
    ID,
    FIELDS,
    NAME,
    VALUE
  }

  private final CRC32C crc = new CRC32C();
  private Next next = Next.STREAM;
  private @Nullable StreamName stream;
  private int entriesLeft;
  private int fieldsLeft;
  private byte name;
  private EntryId id = EntryId.START;
  private long ordinal;
  private long checksum = -1;
  private byte[] event = NOTHING;

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
        id = new EntryId(number(bytes), number(bytes));
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
      if (java.util.Arrays.equals(key, RedisScript.bytes(known.key()))) {
        return known;
      }
    }
    return null;
  }

  private void value(ByteBuffer bytes) {
    switch (name) {
      case 'n' -> ordinal = number(bytes);
      case 'c' -> checksum = hex(bytes);
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
      crc.reset();
      crc.update(event);
      boolean intact = crc.getValue() == checksum;
      (of == StreamName.EVENTS ? output.events() : output.products())
          .add(new StreamEntry(of, id, ordinal, event, intact));
    }
    ordinal = 0;
    checksum = -1;
    event = NOTHING;
    entriesLeft--;
    next = entriesLeft > 0 ? Next.ENTRY : Next.STREAM;
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  /** Digits up to the end or to the first byte that is none, which is taken too; 0 without any. */
  private static long number(ByteBuffer bytes) {
    long value = 0;
    while (bytes.hasRemaining()) {
      int digit = bytes.get() - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** -1, which is no checksum, for anything else. */
  private static long hex(ByteBuffer bytes) {
    if (!bytes.hasRemaining() || bytes.remaining() > 8) {
      return -1;
    }
    long value = 0;
    while (bytes.hasRemaining()) {
      int digit = Character.digit(bytes.get(), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
