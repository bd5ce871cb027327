package io.podium.store.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.podium.announce.Announcement;
import io.podium.announce.Announcement.BoardCurrent;
import io.podium.announce.Announcement.BoardsChanged;
import io.podium.announce.Announcement.CardChanged;
import io.podium.announce.Announcement.ListingChanged;
import io.podium.announce.AnnouncementLog;
import io.podium.codec.KeyText;
import io.podium.store.Batches;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Announcements as a Redis stream of at most about 100,000 entries. A position is the id of an
 * entry: as long as that entry is there, nothing after it was lost, whether by trimming, by a
 * restart without persistence or by a flush; when it is not, there is a gap. One reader at a time:
 * waiting calls queue behind each other.
 */
public final class RedisAnnouncementLog implements AnnouncementLog {
  private static final int BATCH = 512;
  private static final long KEPT = 100_000;
  private static final String STREAM = RedisKeys.ANNOUNCEMENTS;
  private static final RedisScript END = RedisScript.of("end.lua");
  private static final RedisScript REACHES = RedisScript.of("reaches.lua");
  private static final RedisScript ANNOUNCE = RedisScript.of("announce.lua");

  private final RedisLink link;
  private final byte[] kept;

  /**
   * @param link stays the caller's to close
   */
  public RedisAnnouncementLog(RedisLink link) {
    this(link, KEPT);
  }

  RedisAnnouncementLog(RedisLink link, long kept) {
    this.link = link;
    this.kept = RedisScript.bytes(kept);
  }

  @Override
  public CompletionStage<Void> append(List<Announcement> announcements) {
    return Batches.inTurn(announcements, BATCH, this::send).thenAccept(done -> {});
  }

  private CompletionStage<Long> send(List<Announcement> announcements) {
    List<byte[]> arguments = new ArrayList<>(1 + 3 * announcements.size());
    arguments.add(kept);
    announcements.forEach(a -> add(arguments, a));
    String[] keys = {STREAM};
    byte[][] sent = arguments.toArray(byte[][]::new);
    return link.write(redis -> ANNOUNCE.run(redis, ScriptOutputType.INTEGER, keys, sent));
  }

  @Override
  public CompletableFuture<String> end() {
    String[] keys = {STREAM};
    return link.write(redis -> END.<byte[]>run(redis, ScriptOutputType.VALUE, keys))
        .thenApply(RedisAnnouncementLog::text);
  }

  @Override
  public CompletionStage<Batch> read(String position, int limit, Duration wait) {
    if (!position.matches("\\d{1,19}-\\d{1,19}")) {
      // From another kind of log, or damaged: nothing can be told of what came after it.
      return gap(List.of());
    }
    return reaches(position)
        .thenCompose(there -> there ? wait(position, limit, wait) : gap(List.of()));
  }

  /** No page waits for it, and what a replica has not got yet is no gap: so not a page's read. */
  private CompletableFuture<Boolean> reaches(String position) {
    String[] keys = {STREAM};
    return link.write(
            redis -> REACHES.<Long>run(redis, ScriptOutputType.INTEGER, keys, bytes(position)))
        .thenApply(entries -> entries > 0);
  }

  /** Goes on from the end: no other position is sure to be there. */
  private CompletableFuture<Batch> gap(List<Announcement> read) {
    return end().thenApply(end -> new Batch(List.copyOf(read), end, true));
  }

  @SuppressWarnings("unchecked") // the driver's generic varargs
  private CompletableFuture<Batch> wait(String position, int limit, Duration wait) {
    XReadArgs args = new XReadArgs().count(Math.max(1, limit));
    if (wait.toMillis() > 0) {
      args.block(wait);
    }
    return link.blocking(
            wait, redis -> redis.xread(args, XReadArgs.StreamOffset.from(STREAM, position)))
        .thenCompose(entries -> batch(position, entries));
  }

  /** The position may have been lost while the call waited, so it is looked up again. */
  private CompletionStage<Batch> batch(
      String position, List<StreamMessage<String, byte[]>> entries) {
    if (entries.isEmpty()) {
      return CompletableFuture.completedFuture(new Batch(List.of(), position, false));
    }
    List<Announcement> read = new ArrayList<>();
    boolean damaged = false;
    for (StreamMessage<String, byte[]> entry : entries) {
      try {
        announcement(entry.getBody()).ifPresent(read::add);
      } catch (RuntimeException e) {
        // Whatever it said is lost, as if it had been trimmed away.
        damaged = true;
      }
    }
    String last = entries.get(entries.size() - 1).getId();
    boolean lost = damaged;
    return reaches(position)
        .thenCompose(
            there ->
                there
                    ? CompletableFuture.completedFuture(new Batch(List.copyOf(read), last, lost))
                    // What was read may be gone too.
                    : gap(read));
  }

  private static void add(List<byte[]> arguments, Announcement announcement) {
    if (announcement instanceof ListingChanged l) {
      add(arguments, "l", KeyText.write(l.key()), Long.toString(l.epoch()));
    } else if (announcement instanceof CardChanged c) {
      add(arguments, "c", c.productId(), "");
    } else if (announcement instanceof BoardsChanged b) {
      add(arguments, "b", "", Long.toString(b.version()));
    } else if (announcement instanceof BoardCurrent t) {
      add(arguments, "t", t.board(), t.asOf().toString());
    } else {
      throw new IllegalArgumentException("unknown announcement " + announcement);
    }
  }

  private static void add(List<byte[]> arguments, String kind, String name, String version) {
    arguments.add(bytes(kind));
    arguments.add(bytes(name));
    arguments.add(bytes(version));
  }

  /** Empty for kinds that this version does not know, and for the entry that begins a log. */
  private static Optional<Announcement> announcement(Map<String, byte[]> fields) {
    String kind = text(fields.get("k"));
    return switch (kind) {
      case "l" ->
          Optional.of(
              new ListingChanged(
                  KeyText.read(text(fields.get("n"))), Long.parseLong(text(fields.get("v")))));
      case "c" -> Optional.of(new CardChanged(text(fields.get("n"))));
      case "b" -> Optional.of(new BoardsChanged(Long.parseLong(text(fields.get("v")))));
      case "t" ->
          Optional.of(
              new BoardCurrent(text(fields.get("n")), Instant.parse(text(fields.get("v")))));
      default -> Optional.empty();
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IllegalArgumentException("an announcement lacks a field");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    // The link is shared with the stores of this Redis; whoever opened it closes it.
  }
}
