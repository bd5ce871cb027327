package io.podium.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.codec.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;

/** What a tier may hold of a listing besides what this version wrote. */
public final class StoredBytes {
  private static final int MUCH = 1 << 20;

  /** What {@link #ofNextVersion} adds, as the value of the member {@code later}. */
  public static final String LATER = "{\"x\":[1,\"나중\"]}";

  private StoredBytes() {}

  /** Ways in which bytes cannot be read. */
  public enum Damage {
    GARBAGE,
    TRUNCATED,
    OVERSIZED,
    TOO_NEW;

    /** Of a listing's bytes. */
    public byte[] of(byte[] good) {
      return switch (this) {
        case GARBAGE -> {
          byte[] garbage = new byte[good.length];
          new Random(5).nextBytes(garbage);
          yield garbage;
        }
        case TRUNCATED -> Arrays.copyOf(good, good.length / 2);
        case OVERSIZED -> Arrays.copyOf(good, good.length + MUCH);
        case TOO_NEW -> Frame.write(Frame.LISTING, 200, 200, body(good));
      };
    }
  }

  /** The listing as the next version may write it: with a member that this one does not know. */
  public static byte[] ofNextVersion(byte[] good) {
    return ofNextVersion(Frame.LISTING, good);
  }

  /** A listing, a card or the boards as the next version may write them. */
  public static byte[] ofNextVersion(byte kind, byte[] good) {
    try {
      ObjectMapper json = new ObjectMapper();
      ObjectNode body = (ObjectNode) json.readTree(Frame.read(kind, 1, good).body());
      body.set("later", json.readTree(LATER));
      return Frame.write(kind, 2, 1, json.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] body(byte[] good) {
    return Frame.read(Frame.LISTING, 1, good).body();
  }
}
