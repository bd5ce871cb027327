package io.podium.ranking.cli;

import io.podium.config.StoresConfig;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.RedisEventLog;
import io.podium.ranking.stream.RedisRuleLog;
import io.podium.ranking.verify.Report;
import io.podium.ranking.verify.Verification;
import io.podium.store.Check;
import io.podium.store.ListingStore;
import io.podium.store.StoreException;
import io.podium.store.mongo.MongoLink;
import io.podium.store.mongo.MongoListingStore;
import io.podium.store.redis.RedisLink;
import io.podium.store.redis.RedisListingStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code podium verify}: what was published against what the events say. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Computes every listing again from the event archive and the streams, compares with what was"
          + " published, and follows the chain of published hashes.",
      "Prints \"identical\", or every difference; exit status 1 on a difference. A listing that is"
          + " held must show what it is held at, and is named."
    },
    footer = {"", "Example:", "  podium verify --config podium.yaml"})
public final class VerifyCommand implements Callable<Integer> {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Nobody waits for a page here: a slow store is better than no answer. */
  private static final RedisLimits REDIS =
      new RedisLimits(DEADLINE, DEADLINE, DEADLINE, Duration.ofMillis(500), 4096);

  private static final MongoLimits MONGO = new MongoLimits(DEADLINE, DEADLINE, DEADLINE, 4);

  @Mixin private Configuration configuration = new Configuration();

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description =
          "Archive folders to read (default: updater.dataDir/archive and updater.archives).")
  private List<Path> archives = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Configuration.Loaded c = configuration.load();
    StoresConfig stores = c.stores();
    try (RedisLink events = RedisLink.open("redis-events", stores.events(), REDIS);
        RedisLink cache = RedisLink.open("redis-cache", stores.cache(), REDIS);
        MongoLink mongo = MongoLink.open(stores.mongo(), stores.database(), MONGO)) {
      return verify(c, events, cache, mongo);
    } catch (IOException | StoreException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  private int verify(Configuration.Loaded c, RedisLink events, RedisLink cache, MongoLink mongo)
      throws IOException {
    require(events.check(), "the streams are needed");
    ListingStore inCache = answers(cache.check()) ? new RedisListingStore(cache) : null;
    ListingStore inMongo = answers(mongo.check()) ? new MongoListingStore(mongo) : null;
    if (inCache == null && inMongo == null) {
      throw new CommandException("neither the cache Redis nor Mongo answers; start one of them");
    }
    RuleBook rules = new RuleBook(new RedisRuleLog(events), null);
    rules.step();
    Report report =
        new Verification(
                c.boards(),
                c.updater().limits(),
                new RedisEventLog(events, 1),
                archives.isEmpty() ? c.updater().archiveDirs() : archives,
                rules.current(),
                rules.holds(),
                inCache,
                inMongo)
            .run();
    tell(report, inCache == null ? "mongo" : inMongo == null ? "redis" : "redis and mongo");
    return report.differences().isEmpty() ? 0 : 1;
  }

  private static boolean answers(CompletionStage<Check> check) {
    return Await.on(check, DEADLINE).ok();
  }

  private static void require(CompletionStage<Check> check, String why) {
    Check answer = Await.on(check, DEADLINE);
    if (!answer.ok()) {
      throw new CommandException(answer.store() + ": " + answer.detail() + "; " + why);
    }
  }

  private void tell(Report r, String stores) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    r.held().forEach(line -> out.println(line.replaceAll("\\p{Cntrl}", " ")));
    r.differences().forEach(out::println);
    out.printf(
        "%s: %d events, %d listings%s and %d epochs in %s, %d links of their chains%s%n",
        r.differences().isEmpty() ? "identical" : r.differences().size() + " differences",
        r.events(),
        r.listings(),
        r.held().isEmpty() ? "" : " (" + r.held().size() + " held)",
        r.epochs(),
        stores,
        r.links(),
        r.unproven() == 0
            ? ""
            : " (" + r.unproven() + " more cannot be followed: an epoch between is gone)");
    out.flush();
  }
}
