package io.podium.store.mongo;

import static io.podium.store.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import io.podium.backends.MongoProcess;
import io.podium.store.SupportedCommands;
import io.podium.store.TestTier;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;

/** The watch over commands sees what it must not let through. */
class SupportedCommandsTest {
  @Test
  void foreignCommandsOperatorsAndPipelinesAreSeen(@TempDir Path dir) {
    SupportedCommands watch = new SupportedCommands();
    try (MongoProcess mongo = MongoProcess.start(dir, MongoProcess.Kind.MEMORY);
        MongoLink link = MongoLink.open(mongo.uri(), "podium", TestTier.MONGO, watch)) {
      answer(
          Publishers.first(link.writes("x").updateOne(Filters.eq("_id", 1), Updates.inc("n", 1))));
      assertThat(watch.violations()).isEmpty();
      assertThat(watch.seen()).contains("update");
      answer(
          Publishers.all(
              link.reads("x")
                  .aggregate(List.of(Aggregates.group("$n", Accumulators.sum("c", 1))))));
      assertThat(watch.violations()).contains("aggregate", "$group", "$sum");
      answer(Publishers.all(link.reads("x").find().hintString("n_1")).handle((all, no) -> watch));
      assertThat(watch.violations()).contains("find with hint");
      Publisher<UpdateResult> pipeline =
          link.writes("x")
              .updateOne(Filters.eq("_id", 1), List.of(new Document("$set", new Document("n", 2))));
      answer(Publishers.first(pipeline).handle((result, refused) -> watch));
      assertThat(watch.violations()).contains("update by pipeline");
    }
  }
}
