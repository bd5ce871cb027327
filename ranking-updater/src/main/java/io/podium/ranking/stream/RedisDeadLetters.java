package io.podium.ranking.stream;

import static io.podium.ranking.stream.RedisScript.bytes;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.podium.ranking.stream.EventLog.DeadLetter;
import io.podium.store.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Dead letters on the streams {@code podium:dead:events} and {@code podium:dead:products}. */
public final class RedisDeadLetters implements DeadLetters {
  /** Kept per stream; the oldest go. */
  private static final long KEPT = 100_000;

  private static final String REASON = "reason";
  private static final String EVENT = "event";

  /**
   * Every letter has its entry's id, and they come in order: one that the stream knows already is
   * not beyond its end, and is passed over. All in one script, so that none is left out in between.
   */
  private static final RedisScript ADD =
      RedisScript.of(
          ScriptOutputType.STATUS,
          """
          local last = redis.call('EXISTS', KEYS[1]) == 1
              and redis.call('XINFO', 'STREAM', KEYS[1])[8] or '0-0'
          local function parts(id)
            local dash = string.find(id, '-')
            return tonumber(string.sub(id, 1, dash - 1)), tonumber(string.sub(id, dash + 1))
          end
          local lastMs, lastSeq = parts(last)
          for i = 2, #ARGV, 4 do
            local ms, seq = parts(ARGV[i])
            if ms > lastMs or (ms == lastMs and seq > lastSeq) then
              redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], ARGV[i],
                  'reason', ARGV[i + 1], 'ordinal', ARGV[i + 2], 'event', ARGV[i + 3])
            end
          end
          return redis.status_reply('OK')
          """);

  private final RedisLink link;

  public RedisDeadLetters(RedisLink link) {
    this.link = link;
  }

  /** In the order of their entries; repeating a call changes nothing. */
  CompletionStage<Void> add(List<DeadLetter> letters) {
    Map<StreamName, List<byte[]>> arguments = new EnumMap<>(StreamName.class);
    for (DeadLetter letter : letters) {
      StreamEntry entry = letter.entry();
      List<byte[]> of =
          arguments.computeIfAbsent(
              entry.stream(), s -> new ArrayList<>(List.<byte[]>of(bytes(KEPT))));
      of.add(bytes(entry.id().toString()));
      of.add(bytes(letter.reason()));
      of.add(bytes(entry.ordinal()));
      of.add(entry.event());
    }
    List<CompletableFuture<?>> calls = new ArrayList<>();
    arguments.forEach(
        (stream, list) ->
            calls.add(
                link.write(
                    r ->
                        ADD.<String>run(
                            r, new String[] {stream.deadKey()}, list.toArray(byte[][]::new)))));
    return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletionStage<List<DeadLetter>> read(StreamName stream, EntryId after, int limit) {
    Range<String> range =
        Range.from(Range.Boundary.excluding(after.toString()), Range.Boundary.<String>unbounded());
    return link.write(r -> r.xrange(stream.deadKey(), range, Limit.create(0, limit)))
        .thenApply(found -> found.stream().map(m -> letter(stream, m)).toList());
  }

  private static DeadLetter letter(StreamName stream, StreamMessage<String, byte[]> m) {
    byte[] reason = m.getBody().getOrDefault(REASON, new byte[0]);
    byte[] event = m.getBody().getOrDefault(EVENT, new byte[0]);
    // Its ordinal was that of the entry that was rejected; a replayed one gets its own.
    StreamEntry entry = new StreamEntry(stream, EntryId.parse(m.getId()), 0, event, false);
    return new DeadLetter(entry, new String(reason, StandardCharsets.UTF_8));
  }

  @Override
  public CompletionStage<Long> drop(StreamName stream, List<EntryId> ids) {
    String[] texts = ids.stream().map(EntryId::toString).toArray(String[]::new);
    return link.write(r -> r.xdel(stream.deadKey(), texts));
  }
}
