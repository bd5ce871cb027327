package io.podium.store.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.podium.codec.BoardsCodec;
import io.podium.codec.DeltaCodec;
import io.podium.codec.ListingCodec;
import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.Batches;
import io.podium.store.Check;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Listings in Redis. History is a whole listing every 64 epochs and differences between; at most
 * 10,000 epochs a listing are kept even when nobody prunes. Moments are compared in whole
 * microseconds.
 */
public final class RedisListingStore implements ListingStore {
  private static final byte[] NOTHING = {};
  private static final byte[] HISTORY = RedisScript.bytes(10_000);
  private static final byte[] DELTAS = RedisScript.bytes(63);
  private static final long FENCED = 2;
  private static final int STORED_WITHOUT_FENCE = 3;
  private static final int BATCH = 256;
  private static final int MAX_HISTORY = 1000;

  /** Who is as many epochs behind is better served with a whole listing. */
  private static final int MOST_SINCE = 8;

  private static final RedisScript PUBLISH =
      RedisScript.of("fence.lua", "history.lua", "publish.lua");
  private static final RedisScript PUBLISH_BOARDS = RedisScript.of("fence.lua", "boards.lua");
  private static final RedisScript EPOCH = RedisScript.of("history.lua", "epoch.lua");
  private static final RedisScript AS_OF = RedisScript.of("history.lua", "asof.lua");
  private static final RedisScript SINCE = RedisScript.of("history.lua", "since.lua");
  private static final RedisScript PRUNE = RedisScript.of("history.lua", "prune.lua");

  private final RedisLink link;
  private final RedisFence fence;

  /**
   * @param link stays the caller's to close
   */
  public RedisListingStore(RedisLink link) {
    this.link = link;
    this.fence = new RedisFence(link);
  }

  @Override
  public CompletionStage<Optional<Listing>> find(ListingKey key) {
    return link.readAnywhere(redis -> redis.hget(RedisKeys.listing(key), "v"))
        .thenApply(bytes -> Optional.ofNullable(bytes).map(b -> decode(key, b)));
  }

  /** The differences since then, when history has them; a whole listing is some times larger. */
  @Override
  public CompletionStage<Optional<Listing>> findSince(Listing held) {
    Range<String> after =
        Range.from(
            Range.Boundary.excluding(held.epoch() + "-0"), Range.Boundary.<String>unbounded());
    return link.readAnywhere(
            redis -> redis.xrange(RedisKeys.history(held.key()), after, Limit.from(MOST_SINCE)))
        .thenCompose(
            entries -> {
              Optional<Listing> newest =
                  entries.size() < MOST_SINCE
                      ? RedisHistory.since(held, entries)
                      : Optional.empty();
              return newest.isPresent()
                  ? CompletableFuture.completedFuture(newest)
                  : find(held.key());
            });
  }

  @Override
  public CompletionStage<Optional<Listing>> findEpoch(ListingKey key, long epoch) {
    return history(EPOCH, key, RedisScript.bytes(epoch))
        .thenApply(links -> RedisHistory.newest(key, links));
  }

  @Override
  public CompletionStage<Optional<Listing>> findAsOf(ListingKey key, Instant moment) {
    return history(AS_OF, key, RedisScript.bytes(micros(moment)))
        .thenApply(links -> RedisHistory.newest(key, links));
  }

  @Override
  public CompletionStage<List<Listing>> history(ListingKey key, long afterEpoch, int limit) {
    byte[] most = RedisScript.bytes(Math.min(Math.max(limit, 1), MAX_HISTORY));
    return history(SINCE, key, RedisScript.bytes(Math.max(afterEpoch, 0)), most)
        .thenApply(links -> RedisHistory.all(key, links));
  }

  private CompletableFuture<List<byte[]>> history(
      RedisScript script, ListingKey key, byte[]... arguments) {
    String[] keys = {RedisKeys.history(key)};
    return link.write(redis -> script.run(redis, ScriptOutputType.MULTI, keys, arguments));
  }

  @Override
  public CompletionStage<Map<ListingKey, Long>> epochs(Collection<ListingKey> keys) {
    Map<ListingKey, Long> epochs = new HashMap<>();
    return Batches.inTurn(List.copyOf(keys), BATCH, this::epochs)
        .thenApply(
            maps -> {
              maps.forEach(epochs::putAll);
              return epochs;
            });
  }

  private CompletionStage<Map<ListingKey, Long>> epochs(List<ListingKey> keys) {
    return Batches.together(keys.stream().map(this::epoch).toList())
        .thenApply(
            found -> {
              Map<ListingKey, Long> epochs = new HashMap<>();
              for (int i = 0; i < keys.size(); i++) {
                if (found.get(i) > 0) {
                  epochs.put(keys.get(i), found.get(i));
                }
              }
              return epochs;
            });
  }

  /** 0: not there, or not readable, which a reader finds out when it fetches. */
  private CompletionStage<Long> epoch(ListingKey key) {
    return link.read(redis -> redis.hget(RedisKeys.listing(key), "e"))
        .thenApply(RedisListingStore::number);
  }

  private static long number(byte @Nullable [] digits) {
    try {
      return digits == null ? 0 : Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public CompletionStage<PublishResult> publish(
      Listing listing, Optional<Listing> before, long token) {
    ListingKey key = listing.key();
    byte[] whole = ListingCodec.encode(listing);
    byte[] delta = before.map(b -> DeltaCodec.encode(listing, b)).orElse(NOTHING);
    boolean worth = delta.length > 0 && delta.length < whole.length;
    byte[][] arguments = {
      RedisScript.bytes(token),
      RedisScript.bytes(listing.epoch()),
      whole,
      RedisScript.bytes(micros(listing.shownFrom())),
      worth ? delta : NOTHING,
      RedisScript.bytes(before.map(Listing::epoch).orElse(0L)),
      HISTORY,
      DELTAS
    };
    String[] keys = {RedisKeys.listing(key), RedisKeys.history(key), RedisKeys.fence(key)};
    return fenced(token, PUBLISH, keys, arguments);
  }

  private CompletionStage<PublishResult> fenced(
      long token, RedisScript script, String[] keys, byte[]... arguments) {
    return fence
        .raise(token)
        .thenCompose(
            stands ->
                stands
                    ? link.write(
                        redis -> script.<Long>run(redis, ScriptOutputType.INTEGER, keys, arguments))
                    : CompletableFuture.completedFuture(FENCED))
        .thenApply(this::result);
  }

  @Override
  public CompletionStage<Boards> boards() {
    return link.write(redis -> redis.hget(RedisKeys.BOARDS, "v"))
        .thenApply(bytes -> bytes == null ? Boards.NONE : BoardsCodec.decode(bytes));
  }

  @Override
  public CompletionStage<Long> boardsVersion() {
    return link.read(redis -> redis.hget(RedisKeys.BOARDS, "e"))
        .thenApply(RedisListingStore::number);
  }

  @Override
  public CompletionStage<PublishResult> publishBoards(Boards boards, long token) {
    String[] keys = {RedisKeys.BOARDS, RedisKeys.BOARDS_FENCE};
    byte[][] arguments = {
      RedisScript.bytes(token), RedisScript.bytes(boards.version()), BoardsCodec.encode(boards)
    };
    return fenced(token, PUBLISH_BOARDS, keys, arguments);
  }

  @Override
  public CompletionStage<Void> prune(ListingKey key, Instant before, long since) {
    String[] keys = {RedisKeys.history(key)};
    byte[][] arguments = {RedisScript.bytes(micros(before)), RedisScript.bytes(since)};
    return link.write(redis -> PRUNE.<Long>run(redis, ScriptOutputType.INTEGER, keys, arguments))
        .thenAccept(dropped -> {});
  }

  @Override
  public CompletionStage<Check> check() {
    return link.check();
  }

  @Override
  public void close() {
    // The link is shared with the other stores of this Redis; whoever opened it closes it.
  }

  private PublishResult result(long code) {
    if (code == STORED_WITHOUT_FENCE) {
      fence.lost();
    }
    return switch ((int) code) {
      case 0, STORED_WITHOUT_FENCE -> PublishResult.STORED;
      case 1 -> PublishResult.OLDER;
      default -> PublishResult.FENCED;
    };
  }

  private static long micros(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1000);
  }

  static Listing decode(ListingKey key, byte[] bytes) {
    return RedisHistory.checked(key, ListingCodec.decode(bytes));
  }
}
