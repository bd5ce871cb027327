package io.podium.store.mongo;

import static io.podium.store.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ReadPreference;
import io.podium.backends.MongoProcess;
import io.podium.backends.TestCertificates;
import io.podium.listing.Listing;
import io.podium.store.Await;
import io.podium.store.PublishResult;
import io.podium.store.Samples;
import io.podium.store.TestTier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As one connects to Amazon DocumentDB: TLS with a file of authorities, reads from secondaries. */
class MongoTlsTest {
  private static final String OPTIONS =
      "&tls=true&retryWrites=false&readPreference=secondaryPreferred";

  @TempDir Path dir;

  @Test
  void aServerThatTheFileTrustsIsUsed_andNoOther() {
    TestCertificates certificates = TestCertificates.make(dir.resolve("tls"));
    try (MongoProcess mongo = MongoProcess.startTls(dir.resolve("mongo"), certificates)) {
      String uri = mongo.uri() + OPTIONS;
      String caFile = certificates.certificate().toString();
      try (MongoLink link = MongoLink.open(uri, "podium", TestTier.MONGO.withCaFile(caFile))) {
        Await.until("connected", () -> answer(link.check()).ok());
        MongoListingStore store = new MongoListingStore(link);
        Listing listing = Samples.listing(Samples.key(), 1, 20);
        assertThat(answer(store.publish(listing, Optional.empty(), 1)))
            .isEqualTo(PublishResult.STORED);
        assertThat(answer(store.find(listing.key()))).contains(listing);
        assertThat(answer(new MongoCardStore(link).merge(List.of()))).isEmpty();
      }
      try (MongoLink link = MongoLink.open(uri, "podium", TestTier.MONGO)) {
        assertThat(answer(link.check()).ok()).as("without its authority").isFalse();
      }
    }
  }

  @Test
  void readsGoWhereTheUriSays_andWhatAWriteBuildsUponComesFromThePrimary() {
    String uri = "mongodb://127.0.0.1:1/?readPreference=secondaryPreferred";
    try (MongoLink link = MongoLink.open(uri, "podium", TestTier.MONGO)) {
      assertThat(link.reads("x").getReadPreference())
          .isEqualTo(ReadPreference.secondaryPreferred());
      assertThat(link.writes("x").getReadPreference()).isEqualTo(ReadPreference.primary());
    }
  }

  @Test
  void aFileWithoutCertificatesIsRefusedByItsKey() throws Exception {
    Path file = Files.writeString(dir.resolve("ca.pem"), "no certificate");
    assertThatThrownBy(
            () ->
                MongoLink.open(
                    "mongodb://127.0.0.1:1/?tls=true",
                    "podium",
                    TestTier.MONGO.withCaFile(file.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stores.mongo.caFile");
  }
}
