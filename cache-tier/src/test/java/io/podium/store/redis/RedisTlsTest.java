package io.podium.store.redis;

import static io.podium.store.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.FreePorts;
import io.podium.backends.RedisProcess;
import io.podium.backends.TestCertificates;
import io.podium.listing.Listing;
import io.podium.store.Await;
import io.podium.store.PublishResult;
import io.podium.store.Samples;
import io.podium.store.TestTier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with an authority of our own, and a user who may do only what Podium does. */
class RedisTlsTest {
  private static final String USER =
      "--user podium on >secret ~podium:* &* -@all +@connection +@read +@write +@scripting +info";

  @TempDir Path dir;

  @Test
  void aTrustedServerAndItsUserAreUsed_andNoOther() {
    TestCertificates certificates = TestCertificates.make(dir.resolve("tls"));
    int tls = FreePorts.next();
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("--tls-port", Integer.toString(tls), "--tls-auth-clients", "no"));
    settings.addAll(List.of("--tls-cert-file", certificates.certificate().toString()));
    settings.addAll(List.of("--tls-key-file", certificates.key().toString()));
    settings.addAll(List.of("--tls-ca-cert-file", certificates.certificate().toString()));
    settings.addAll(List.of("--user", "default", "off"));
    settings.addAll(List.of(USER.split(" ")));
    try (RedisProcess redis =
        RedisProcess.start(
            dir.resolve("redis"), FreePorts.next(), RedisProcess.Role.CACHE, settings)) {
      String uri = "rediss://podium:secret@127.0.0.1:" + tls;
      String caFile = certificates.certificate().toString();
      try (RedisLink link = RedisLink.open("redis", uri, TestTier.REDIS.withCaFile(caFile))) {
        Await.until("connected", () -> answer(link.check()).ok());
        RedisListingStore store = new RedisListingStore(link);
        Listing listing = Samples.listing(Samples.key(), 1, 20);
        assertThat(answer(store.publish(listing, Optional.empty(), 1)))
            .isEqualTo(PublishResult.STORED);
        assertThat(answer(store.find(listing.key()))).contains(listing);
        assertThat(answer(new RedisAnnouncementLog(link).end())).isNotEmpty();
        assertThat(answer(link.incarnation())).isNotEmpty();
      }
      assertThat(connects(uri, "")).isFalse();
      assertThat(connects("rediss://podium:wrong@127.0.0.1:" + tls, caFile)).isFalse();
      assertThat(connects(redis.uri(), "")).isFalse();
    }
  }

  private static boolean connects(String uri, String caFile) {
    try (RedisLink link = RedisLink.open("redis", uri, TestTier.REDIS.withCaFile(caFile))) {
      return answer(link.check()).ok();
    }
  }
}
