package io.podium.ranking.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.RedisProcess;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.ranking.board.Rule;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.RedisRuleLog;
import io.podium.ranking.stream.RuleLog;
import io.podium.store.StoreException;
import io.podium.store.redis.RedisLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleBookTest {
  private static final String HIDE =
      """
      {"id":"r1","board":"best","productId":"P","action":"hide","slice":{}}""";

  @TempDir Path dir;

  /** The log, failing at one of its calls. */
  private static final class LostOnce implements RuleLog {
    private final RuleLog log;
    private int callsLeft;

    LostOnce(RuleLog log, int callsBefore) {
      this.log = log;
      this.callsLeft = callsBefore;
    }

    private <T> CompletionStage<T> call(CompletionStage<T> answer) {
      return callsLeft-- == 0
          ? CompletableFuture.failedFuture(
              new StoreException(StoreException.Kind.AWAY, "lost on the way", null))
          : answer;
    }

    @Override
    public CompletionStage<EntryId> last() {
      return call(log.last());
    }

    @Override
    public CompletionStage<Optional<EntryId>> append(Change change, EntryId seen) {
      return call(log.append(change, seen));
    }

    @Override
    public CompletionStage<Boolean> restore(Change change, EntryId seen) {
      return call(log.restore(change, seen));
    }

    @Override
    public CompletionStage<Void> await(EntryId after, Duration wait) {
      return log.await(after, wait);
    }

    @Override
    public CompletionStage<List<Change>> read(EntryId after, int limit) {
      return call(log.read(after, limit));
    }
  }

  @Test
  void aLogLostAtAnyMomentOfTheFirstReadingIsReadAgain() {
    try (RedisProcess redis = RedisProcess.start(dir, RedisProcess.Role.EVENTS);
        RedisLink link = RedisLink.open("redis-events", redis.uri(), RedisLimits.DEFAULT)) {
      RuleLog log = new RedisRuleLog(link);
      new RuleBook(log, null)
          .change(
              state ->
                  new RuleLog.Change(
                      EntryId.START, RuleLog.Kind.RULE, "r1", null, HIDE, "kim", "unsafe"));
      int callsOfAStep = 4;
      for (int lostAt = 0; lostAt <= callsOfAStep; lostAt++) {
        RuleBook book = new RuleBook(new LostOnce(log, lostAt), null);
        boolean failed = false;
        for (int round = 0; round < 2; round++) {
          try {
            book.step();
          } catch (StoreException e) {
            failed = true;
          }
        }
        assertThat(failed).as("call %s", lostAt).isTrue();
        assertThat(book.isKnown()).as("lost at call %s", lostAt).isTrue();
        assertThat(book.current())
            .as("lost at call %s", lostAt)
            .extracting(Rule::id)
            .contains("r1");
      }
    }
  }
}
