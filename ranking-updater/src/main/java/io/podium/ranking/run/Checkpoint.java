package io.podium.ranking.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.Positions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the core's state in a checkpoint: how far the streams are in that state.
 *
 * @param takenAt wall clock, ms
 * @param received entries applied
 * @param known listings that were published, or could have been
 */
public record Checkpoint(long takenAt, Positions positions, long received, List<ListingKey> known) {
  private static final int MAGIC = 0x50444d43; // "PDMC"
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  public Checkpoint {
    known = List.copyOf(known);
  }

  void write(OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeLong(takenAt);
    out.writeLong(received);
    write(out, positions.events());
    write(out, positions.products());
    out.writeInt(known.size());
    for (ListingKey key : known) {
      out.writeUTF(key.board());
      byte[] slice = JSON.writeValueAsBytes(key.slice().values());
      out.writeInt(slice.length);
      out.write(slice);
    }
    out.flush();
  }

  private static void write(DataOutputStream out, Position p) throws IOException {
    out.writeLong(p.id().millis());
    out.writeLong(p.id().sequence());
    out.writeLong(p.ordinal());
  }

  /**
   * Leaves the stream at the start of the core's state.
   *
   * @throws IOException also when it is no checkpoint, or of another version
   */
  static Checkpoint read(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    if (in.readInt() != MAGIC) {
      throw new IOException("not a checkpoint");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("checkpoint of version " + version + ", this is " + VERSION);
    }
    long takenAt = in.readLong();
    long received = in.readLong();
    Positions positions = new Positions(position(in), position(in));
    return new Checkpoint(takenAt, positions, received, keys(in));
  }

  private static Position position(DataInputStream in) throws IOException {
    return new Position(new EntryId(in.readLong(), in.readLong()), in.readLong());
  }

  private static List<ListingKey> keys(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<ListingKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String board = in.readUTF();
      byte[] slice = in.readNBytes(in.readInt());
      Map<String, String> values =
          JSON.readValue(slice, new TypeReference<LinkedHashMap<String, String>>() {});
      keys.add(new ListingKey(board, Slice.of(values)));
    }
    return keys;
  }

  static Checkpoint of(long takenAt, Applier applier, Collection<ListingKey> known) {
    return new Checkpoint(takenAt, applier.positions(), applier.received(), List.copyOf(known));
  }
}
