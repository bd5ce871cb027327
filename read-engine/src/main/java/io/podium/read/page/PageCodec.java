package io.podium.read.page;

import io.podium.codec.KeyText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as kept in the hot tier, which adds the checksum: first what a {@link StoredPage} sends as
 * it is, then what only a whole {@link Page} needs. A form of another version, or one that does not
 * parse, reads as absent: pages can always be made again.
 *
 * <pre>
 * version (1) run (8) era (8) moment (8) renewAt (8) checkedAt (8) asOf (8) maxAge (4)
 * count (2) names (4 each)
 * length (2) shared lines
 * for each coding: length (4) tag line (2) entity lines (2), then lines and body; a tag line of
 *   65535 where the coding was not made
 * text, listing, epoch, pinned, products, next, cache control, tag
 * </pre>
 */
public final class PageCodec {
  static final byte VERSION = 2;

  /** In the place of a tag line's length. */
  static final int NOT_MADE = 0xffff;

  private static final Encoding[] ORDER = Encoding.values();

  private PageCodec() {}

  public static byte[] write(Page page, Freshness fresh) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(page.weight());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(fresh.run());
      out.writeLong(fresh.era());
      out.writeLong(fresh.moment());
      out.writeLong(page.head().renewAt());
      out.writeLong(page.head().checkedAt());
      out.writeLong(page.head().asOf());
      out.writeInt(page.head().maxAge());
      int[] names = Freshness.names(page);
      out.writeShort(names.length);
      for (int name : names) {
        out.writeInt(name);
      }
      out.writeShort(page.shared().length);
      out.write(page.shared());
      for (Encoding encoding : ORDER) {
        coded(out, page, encoding);
      }
      rest(out, page);
    } catch (IOException e) {
      throw new UncheckedIOException("writes to memory only", e);
    }
    return bytes.toByteArray();
  }

  private static void coded(DataOutputStream out, Page page, Encoding encoding) throws IOException {
    Coded coded = page.coded(encoding);
    boolean there = page.available(encoding) == encoding;
    out.writeInt(there ? coded.body().length : 0);
    out.writeShort(there ? coded.tagLine() : page.has(encoding) ? 0 : NOT_MADE);
    out.writeShort(there ? coded.entity().length : 0);
    if (there) {
      out.write(coded.entity());
      out.write(coded.body());
    }
  }

  private static void rest(DataOutputStream out, Page page) throws IOException {
    Page.Head head = page.head();
    out.writeUTF(page.text());
    out.writeUTF(KeyText.write(head.listing()));
    out.writeLong(head.epoch());
    out.writeBoolean(head.pinned());
    out.writeShort(head.products().size());
    for (String id : head.products()) {
      out.writeUTF(id);
    }
    String next = head.next();
    out.writeUTF(next == null ? "" : next);
    out.writeUTF(head.cacheControl());
    out.writeUTF(page.etag());
  }

  /** A page, and how long it is the newest. */
  public record Kept(Page page, Freshness fresh) {}

  /** Null when the bytes are not a page of this version with that key. */
  public static @Nullable Kept read(byte[] bytes, String text) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return in.readByte() == VERSION ? read(in, text) : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static @Nullable Kept read(DataInputStream in, String text) throws IOException {
    Freshness fresh = new Freshness(in.readLong(), in.readLong(), in.readLong());
    long renewAt = in.readLong();
    long checkedAt = in.readLong();
    long asOf = in.readLong();
    int maxAge = in.readInt();
    in.skipNBytes(4L * in.readUnsignedShort());
    in.skipNBytes(in.readUnsignedShort());
    Bodies bodies = bodies(in);
    if (!in.readUTF().equals(text)) {
      return null;
    }
    String listing = in.readUTF();
    long epoch = in.readLong();
    boolean pinned = in.readBoolean();
    int count = in.readUnsignedShort();
    List<String> products = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      products.add(in.readUTF());
    }
    String next = in.readUTF();
    Page.Head head =
        new Page.Head(
            text,
            KeyText.read(listing),
            epoch,
            pinned,
            products,
            next.isEmpty() ? null : next,
            renewAt,
            maxAge,
            in.readUTF(),
            asOf,
            checkedAt);
    return new Kept(new Page(head, bodies, in.readUTF()), fresh);
  }

  private static Bodies bodies(DataInputStream in) throws IOException {
    byte[] brotli = body(in);
    byte[] gzip = body(in);
    byte[] plain = body(in);
    if (plain == null) {
      throw new IOException("a page without its body");
    }
    return new Bodies(plain, gzip, brotli);
  }

  /** In the order of {@link Encoding}; null where the coding was not made. */
  private static byte @Nullable [] body(DataInputStream in) throws IOException {
    int length = in.readInt();
    boolean made = in.readUnsignedShort() != NOT_MADE;
    in.skipNBytes(in.readUnsignedShort());
    byte[] body = in.readNBytes(length);
    return made ? body : null;
  }
}
