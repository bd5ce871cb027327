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
<<<<<<< HEAD
      head(out, page.head());
      out.writeUTF(page.etag());
      bytes(out, page.body(Encoding.IDENTITY));
      bytes(out, page.body(Encoding.GZIP));
=======
      out.writeUTF(KeyText.write(page.listing()));
      out.writeLong(page.epoch());
      out.writeBoolean(page.pinned());
      out.writeShort(page.products().size());
      for (String id : page.products()) {
        out.writeUTF(id);
      }
      out.writeUTF(page.next() == null ? "" : page.next());
      out.writeLong(page.renewAt());
      out.writeInt(page.maxAge());
      out.writeUTF(page.cacheControl());
      out.writeLong(page.checkedAt());
      out.writeUTF(page.etag());
      out.writeInt(page.plain().length);
      out.write(page.plain());
      out.writeInt(page.gzip().length);
      out.write(page.gzip());
>>>>>>> demo
    } catch (IOException e) {
      throw new UncheckedIOException("writes to memory only", e);
    }
    return bytes.toByteArray();
  }

<<<<<<< HEAD
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

=======
>>>>>>> demo
  /** Null when the bytes are not a page of this version with that key. */
  public static @Nullable Page read(byte[] bytes, String text) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return in.readByte() == VERSION && in.readUTF().equals(text) ? read(in, text) : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static Page read(DataInputStream in, String text) throws IOException {
<<<<<<< HEAD
    Page.Head head = head(in, text);
    String etag = in.readUTF();
    byte[] plain = in.readNBytes(in.readInt());
    byte[] gzip = in.readNBytes(in.readInt());
    return new Page(head, plain, gzip, etag);
  }

  private static Page.Head head(DataInputStream in, String text) throws IOException {
=======
>>>>>>> demo
    String listing = in.readUTF();
    long epoch = in.readLong();
    boolean pinned = in.readBoolean();
    int count = in.readUnsignedShort();
    List<String> products = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      products.add(in.readUTF());
    }
    String next = in.readUTF();
<<<<<<< HEAD
    return new Page.Head(
=======
    long renewAt = in.readLong();
    int maxAge = in.readInt();
    String cacheControl = in.readUTF();
    long checkedAt = in.readLong();
    String etag = in.readUTF();
    byte[] plain = in.readNBytes(in.readInt());
    byte[] gzip = in.readNBytes(in.readInt());
    return new Page(
>>>>>>> demo
        text,
        KeyText.read(listing),
        epoch,
        pinned,
        products,
        next.isEmpty() ? null : next,
<<<<<<< HEAD
        in.readLong(),
        in.readInt(),
        in.readUTF(),
        in.readLong());
=======
        renewAt,
        maxAge,
        cacheControl,
        checkedAt,
        etag,
        plain,
        gzip);
>>>>>>> demo
  }
}
