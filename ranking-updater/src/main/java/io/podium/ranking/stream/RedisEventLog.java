package io.podium.ranking.stream;

import static io.podium.ranking.stream.RedisScript.bytes;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import io.podium.store.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The event log on Redis Streams. */
public final class RedisEventLog implements EventLog {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final String ORDINAL = "n";
  private static final String CHECKSUM = "c";
  private static final String EVENT = "e";

  /**
   * All of a request or nothing; the ordinals are given inside, so that they have no holes. They go
   * on from the stream's last entry, and from the counter only where the stream is empty: Redis may
   * count a transaction again, without its entries, that a kill cut off in the append-only file.
   */
  private static final RedisScript APPEND =
      RedisScript.of(
          ScriptOutputType.STATUS,
          """
          local max, events = tonumber(ARGV[1]), tonumber(ARGV[2])
          local products = (#ARGV - 2) / 2 - events
          if (events > 0 and redis.call('XLEN', KEYS[1]) + events > max)
              or (products > 0 and redis.call('XLEN', KEYS[2]) + products > max) then
            return redis.status_reply('FULL')
          end
          local function add(stream, counter, at, count)
            if count == 0 then return end
            local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
            local n = last and last[2][1] == 'n' and tonumber(last[2][2])
                or tonumber(redis.call('GET', counter) or 0)
            redis.call('SET', counter, string.format('%.0f', n + count))
            for i = 1, count do
              redis.call('XADD', stream, '*', 'n', string.format('%.0f', n + i),
                  'c', ARGV[at + 2 * i - 1], 'e', ARGV[at + 2 * i])
            end
          end
          add(KEYS[1], KEYS[3], 2, events)
          add(KEYS[2], KEYS[4], 2 + 2 * events, products)
          return redis.status_reply('OK')
          """);

  private static final String[] APPEND_KEYS = {
    StreamName.EVENTS.key(),
    StreamName.PRODUCTS.key(),
    StreamName.EVENTS.ordinalKey(),
    StreamName.PRODUCTS.ordinalKey()
  };

  private final RedisLink link;
  private final Registry registry;
  private final RedisDeadLetters deadLetters;
  private final long maxBacklog;

  /**
   * @param maxBacklog entries that a stream may hold
   */
  public RedisEventLog(RedisLink link, long maxBacklog) {
    this.link = link;
    this.registry = new Registry(link);
    this.deadLetters = new RedisDeadLetters(link);
    this.maxBacklog = maxBacklog;
  }

  @Override
  public CompletionStage<Void> append(List<byte[]> events, List<byte[]> products) {
    byte[][] arguments = new byte[2 + 2 * (events.size() + products.size())][];
    arguments[0] = bytes(maxBacklog);
    arguments[1] = bytes(events.size());
    int at = put(arguments, 2, events);
    put(arguments, at, products);
    return link.write(r -> APPEND.<String>run(r, APPEND_KEYS, arguments))
        .thenAccept(
            status -> {
              if (!status.equals("OK")) {
                throw new StoreException(
                    Kind.BUSY, "the stream is at its limit of " + maxBacklog + " entries", null);
              }
            });
  }

  private static int put(byte[][] arguments, int start, List<byte[]> events) {
    int at = start;
    for (byte[] event : events) {
      arguments[at++] = bytes(StreamEntry.checksum(event));
      arguments[at++] = event;
    }
    return at;
  }

  @Override
  public CompletionStage<Batch> read(Positions after, int limit, Duration wait) {
    CommandArgs<String, byte[]> args =
        xread(limit, wait)
            .addKey(StreamName.EVENTS.key())
            .addKey(StreamName.PRODUCTS.key())
            .add(after.events().id().toString())
            .add(after.products().id().toString());
    return xread(args, wait);
  }

  @Override
  public CompletionStage<List<StreamEntry>> read(
      StreamName stream, EntryId after, int limit, Duration wait) {
    CommandArgs<String, byte[]> args =
        xread(limit, wait).addKey(stream.key()).add(after.toString());
    return xread(args, wait)
        .thenApply(found -> stream == StreamName.EVENTS ? found.events() : found.products());
  }

  private static CommandArgs<String, byte[]> xread(int limit, Duration wait) {
    CommandArgs<String, byte[]> args = new CommandArgs<>(CODEC).add("COUNT").add(limit);
    if (!wait.isZero()) {
      args.add("BLOCK").add(wait.toMillis());
    }
    return args.add("STREAMS");
  }

  private CompletionStage<Batch> xread(CommandArgs<String, byte[]> args, Duration wait) {
    return wait.isZero()
        ? link.write(r -> r.dispatch(CommandType.XREAD, new EntriesOutput(CODEC), args))
        : link.blocking(wait, r -> r.dispatch(CommandType.XREAD, new EntriesOutput(CODEC), args));
  }

  private static StreamEntry entry(StreamName stream, StreamMessage<String, byte[]> m) {
    Map<String, byte[]> body = m.getBody();
    byte[] event = body.getOrDefault(EVENT, new byte[0]);
    long ordinal = number(text(body.get(ORDINAL)));
    boolean intact = StreamEntry.checksum(event).equals(text(body.get(CHECKSUM)));
    return new StreamEntry(
        stream, EntryId.parse(m.getId()), Math.max(0, ordinal), event, intact && ordinal > 0);
  }

  private static String text(byte @Nullable [] value) {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public CompletionStage<Positions> ends() {
    return end(StreamName.EVENTS).thenCombine(end(StreamName.PRODUCTS), Positions::new);
  }

  private CompletionStage<Position> end(StreamName stream) {
    return link.write(r -> r.xrevrange(stream.key(), Range.unbounded(), Limit.create(0, 1)))
        .thenApply(last -> last.isEmpty() ? Position.START : entry(stream, last.get(0)).position());
  }

  @Override
  public CompletionStage<Void> deadLetters(List<DeadLetter> letters) {
    return deadLetters.add(letters);
  }

  @Override
  public CompletionStage<Void> register(String updater, Positions safe, long nowMillis) {
    return registry.register(updater, safe, nowMillis);
  }

  @Override
  public CompletionStage<Void> trim(long nowMillis, Retention retention) {
    return registry.trim(nowMillis, retention);
  }
}
