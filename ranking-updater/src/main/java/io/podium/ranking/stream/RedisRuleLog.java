package io.podium.ranking.stream;

import static io.podium.ranking.stream.RedisScript.bytes;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.podium.store.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The rule log on the stream {@code podium:rules}: fields {@code kind}, {@code id} (subject),
 * {@code before}, {@code rule} (after), {@code by}, {@code why}.
 */
public final class RedisRuleLog implements RuleLog {
  private static final String KEY = "podium:rules";

  /** ARGV: the newest id that the caller has seen, the id to write, fields and values. */
  private static final RedisScript APPEND =
      RedisScript.of(
          ScriptOutputType.VALUE,
          """
          local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
          local at = #last == 0 and '0-0' or last[1][1]
          if at ~= ARGV[1] then return false end
          return redis.call('XADD', KEYS[1], ARGV[2], unpack(ARGV, 3))
          """);

  private final RedisLink link;

  public RedisRuleLog(RedisLink link) {
    this.link = link;
  }

  @Override
  public CompletionStage<EntryId> last() {
    return link.write(r -> r.xrevrange(KEY, Range.<String>unbounded(), Limit.create(0, 1)))
        .thenApply(found -> found.isEmpty() ? EntryId.START : EntryId.parse(found.get(0).getId()));
  }

  @Override
  public CompletionStage<Optional<EntryId>> append(Change change, EntryId seen) {
    return add(change, seen, "*");
  }

  @Override
  public CompletionStage<Boolean> restore(Change change, EntryId seen) {
    return add(change, seen, change.id().toString()).thenApply(Optional::isPresent);
  }

  private CompletionStage<Optional<EntryId>> add(Change change, EntryId seen, String id) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(bytes(seen.toString()));
    arguments.add(bytes(id));
    put(arguments, "kind", change.kind().name().toLowerCase(Locale.ROOT));
    put(arguments, "id", change.subject());
    put(arguments, "before", change.before());
    put(arguments, "rule", change.after());
    put(arguments, "by", change.author());
    put(arguments, "why", change.reason());
    return link.write(
            r -> APPEND.<byte[]>run(r, new String[] {KEY}, arguments.toArray(byte[][]::new)))
        .thenApply(answer -> Optional.ofNullable(answer).map(b -> EntryId.parse(text(b))));
  }

  private static void put(List<byte[]> arguments, String field, @Nullable String value) {
    if (value != null) {
      arguments.add(bytes(field));
      arguments.add(bytes(value));
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the driver's generic varargs
  public CompletionStage<Void> await(EntryId after, Duration wait) {
    XReadArgs args = new XReadArgs().count(1).block(wait);
    return link.blocking(
            wait, r -> r.xread(args, XReadArgs.StreamOffset.from(KEY, after.toString())))
        .thenAccept(found -> {});
  }

  @Override
  public CompletionStage<List<Change>> read(EntryId after, int limit) {
    Range<String> range =
        Range.from(Range.Boundary.excluding(after.toString()), Range.Boundary.<String>unbounded());
    return link.write(r -> r.xrange(KEY, range, Limit.create(0, limit)))
        .thenApply(found -> found.stream().map(RedisRuleLog::change).toList());
  }

  private static Change change(StreamMessage<String, byte[]> m) {
    Map<String, byte[]> body = m.getBody();
    boolean hold = "hold".equals(textOrEmpty(body, "kind"));
    return new Change(
        EntryId.parse(m.getId()),
        hold ? Kind.HOLD : Kind.RULE,
        textOrEmpty(body, "id"),
        textOrNull(body, "before"),
        textOrNull(body, "rule"),
        textOrEmpty(body, "by"),
        textOrEmpty(body, "why"));
  }

  private static @Nullable String textOrNull(Map<String, byte[]> body, String field) {
    byte[] value = body.get(field);
    return value == null ? null : text(value);
  }

  private static String textOrEmpty(Map<String, byte[]> body, String field) {
    return text(body.getOrDefault(field, new byte[0]));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
