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
 * A page as kept in the hot tier, which adds the checksum. A form of another version, or one that
 * does not parse, reads as absent: pages can always be made again.
 */
public final class PageCodec {
  private static final byte VERSION = 1;

  private PageCodec() {}

  public static byte[] write(Page page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(page.weight());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(page.text());
      head(out, page.head());
      out.writeUTF(page.etag());
      bytes(out, page.body(Encoding.IDENTITY));
      bytes(out, page.body(Encoding.GZIP));
    } catch (IOException e) {
      throw new UncheckedIOException("writes to memory only", e);
    }
    return bytes.toByteArray();
  }

  private static void head(DataOutputStream out, Page.Head head) throws IOException {
    out.writeUTF(KeyText.write(head.listing()));
    out.writeLong(head.epoch());
    out.writeBoolean(head.pinned());
    out.writeShort(head.products().size());
    for (String id : head.products()) {
      out.writeUTF(id);
    }
    String next = head.next();
    out.writeUTF(next == null ? "" : next);
    out.writeLong(head.renewAt());
    out.writeInt(head.maxAge());
    out.writeUTF(head.cacheControl());
    out.writeLong(head.checkedAt());
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Null when the bytes are not a page of this version with that key. */
  public static @Nullable Page read(byte[] bytes, String text) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return in.readByte() == VERSION && in.readUTF().equals(text) ? read(in, text) : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static Page read(DataInputStream in, String text) throws IOException {
    Page.Head head = head(in, text);
    String etag = in.readUTF();
    byte[] plain = in.readNBytes(in.readInt());
    byte[] gzip = in.readNBytes(in.readInt());
    return new Page(head, plain, gzip, etag);
  }

  private static Page.Head head(DataInputStream in, String text) throws IOException {
    String listing = in.readUTF();
    long epoch = in.readLong();
    boolean pinned = in.readBoolean();
    int count = in.readUnsignedShort();
    List<String> products = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      products.add(in.readUTF());
    }
    String next = in.readUTF();
    return new Page.Head(
        text,
        KeyText.read(listing),
        epoch,
        pinned,
        products,
        next.isEmpty() ? null : next,
        in.readLong(),
        in.readInt(),
        in.readUTF(),
        in.readLong());
  }
}
