package io.podium.ranking.stream;

import static io.podium.ranking.stream.RedisScript.bytes;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.podium.store.redis.RedisLink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The rule log on the stream {@code podium:rules}. */
public final class RedisRuleLog implements RuleLog {
  private static final String KEY = "podium:rules";

  private final RedisLink link;

  public RedisRuleLog(RedisLink link) {
    this.link = link;
  }

  @Override
  public CompletionStage<EntryId> append(String ruleId, @Nullable String json) {
    Map<String, byte[]> body =
        json == null
            ? Map.of("id", bytes(ruleId))
            : Map.of("id", bytes(ruleId), "rule", bytes(json));
    return link.write(r -> r.xadd(KEY, body)).thenApply(EntryId::parse);
  }

  @Override
  public CompletionStage<List<Change>> read(EntryId after, int limit) {
    Range<String> range =
        Range.from(Range.Boundary.excluding(after.toString()), Range.Boundary.<String>unbounded());
    return link.write(r -> r.xrange(KEY, range, Limit.create(0, limit)))
        .thenApply(found -> found.stream().map(RedisRuleLog::change).toList());
  }

  private static Change change(StreamMessage<String, byte[]> m) {
    byte[] rule = m.getBody().get("rule");
    byte[] id = m.getBody().getOrDefault("id", new byte[0]);
    return new Change(
        EntryId.parse(m.getId()),
        new String(id, StandardCharsets.UTF_8),
        rule == null ? null : new String(rule, StandardCharsets.UTF_8));
  }
}
