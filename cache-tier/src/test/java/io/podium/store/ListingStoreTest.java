package io.podium.store;

import static io.podium.store.Await.answer;
import static io.podium.store.Samples.START;
import static io.podium.store.Samples.listing;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link ListingStore}, on every backend. */
@ParameterizedClass(name = "{0}")
@MethodSource("tiers")
class ListingStoreTest {
  /** Only grows: a higher token fences the lower ones off for good. */
  private static final AtomicLong TOKENS = new AtomicLong();

  private final ListingStore store;
  private final ListingKey key = Samples.key();
  private long token = nextToken();

  ListingStoreTest(TestTier tier) {
    this.store = tier.listings();
  }

  static Stream<TestTier> tiers() {
    return TestTier.all();
  }

  private static long nextToken() {
    return TOKENS.updateAndGet(t -> Math.max(t + 1, Instant.now().toEpochMilli()));
  }

  private PublishResult publish(Listing listing, Optional<Listing> before) {
    return answer(store.publish(listing, before, token));
  }

  /** Epochs first to last, each with the one before it at hand. */
  private List<Listing> publish(long first, long last) {
    List<Listing> published = new ArrayList<>();
    Optional<Listing> before = Optional.empty();
    for (long e = first; e <= last; e++) {
      Listing listing = listing(key, e, 20);
      assertThat(publish(listing, before)).isEqualTo(PublishResult.STORED);
      published.add(listing);
      before = Optional.of(listing);
    }
    return published;
  }

  @Test
  void whatWasNeverPublishedIsNotThere() {
    assertThat(answer(store.find(key))).isEmpty();
    assertThat(answer(store.findEpoch(key, 1))).isEmpty();
    assertThat(answer(store.findAsOf(key, START))).isEmpty();
    assertThat(answer(store.history(key, 0, 10))).isEmpty();
    assertThat(answer(store.epochs(List.of(key)))).isEmpty();
    answer(store.prune(key, START, 10));
  }

  @Test
  void aListingComesBackAsItWasPublished() {
    Listing listing = listing(key, 1_763_800_000_000L, 100);
    assertThat(publish(listing, Optional.empty())).isEqualTo(PublishResult.STORED);
    assertThat(answer(store.find(key))).contains(listing);
    assertThat(answer(store.findEpoch(key, listing.epoch()))).contains(listing);
    ListingKey other = Samples.key();
    assertThat(answer(store.epochs(List.of(key, other)))).isEqualTo(Map.of(key, listing.epoch()));
  }

  @Test
  void whoeverHoldsAnEpochGetsTheNewest_whicheverItIs() {
    List<Listing> published = publish(1, 12);
    Listing newest = published.get(11);
    for (Listing held : published) {
      assertThat(answer(store.findSince(held))).contains(newest);
    }
    Listing unknown = listing(key, 4_000, 20);
    assertThat(answer(store.findSince(unknown))).contains(newest);
    // Published without the one before it: a whole listing in history.
    Listing apart = listing(key, 20, 20);
    publish(apart, Optional.empty());
    assertThat(answer(store.findSince(newest))).contains(apart);
    // Of another base: no epoch 15 was published.
    Listing next = listing(key, 21, 20);
    publish(next, Optional.of(apart));
    assertThat(answer(store.findSince(apart))).contains(next);
    assertThat(answer(store.findSince(listing(key, 15, 20)))).contains(next);
    assertThat(answer(store.findSince(listing(Samples.key(), 1, 20)))).isEmpty();
  }

  @Test
  void anEmptyListingIsAListing() {
    Listing listing = listing(key, 1, 1);
    Listing empty = new Listing(key, 2, 1, START, "h", "c", null, 0, List.of(), List.of());
    publish(listing, Optional.empty());
    assertThat(publish(empty, Optional.of(listing))).isEqualTo(PublishResult.STORED);
    assertThat(answer(store.find(key))).contains(empty);
    assertThat(answer(store.findEpoch(key, 2))).contains(empty);
  }

  @Test
  void anOlderOrEqualEpochNeverReplacesANewerOne() {
    publish(5, 6);
    assertThat(publish(listing(key, 5, 3), Optional.empty())).isEqualTo(PublishResult.OLDER);
    assertThat(publish(listing(key, 6, 3), Optional.empty())).isEqualTo(PublishResult.OLDER);
    assertThat(answer(store.find(key))).contains(listing(key, 6, 20));
    assertThat(answer(store.history(key, 0, 10))).hasSize(2);
  }

  @Test
  void aFormerPublisherIsFencedOffEveryListing() {
    publish(1, 1);
    long former = token;
    token = nextToken();
    ListingKey other = Samples.key();
    publish(listing(other, 1, 3), Optional.empty());
    assertThat(answer(store.publish(listing(key, 2, 3), Optional.empty(), former)))
        .isEqualTo(PublishResult.FENCED);
    assertThat(answer(store.publish(listing(other, 2, 3), Optional.empty(), former)))
        .isEqualTo(PublishResult.FENCED);
    assertThat(answer(store.publishBoards(Samples.boards(Long.MAX_VALUE >> 11), former)))
        .isEqualTo(PublishResult.FENCED);
    assertThat(answer(store.find(key))).contains(listing(key, 1, 20));
  }

  @Test
  void severalAreEachPublishedForThemselves() {
    publish(1, 5);
    Listing older = listing(key, 4, 3);
    Listing first = listing(Samples.key(), 4, 3);
    Listing second = listing(Samples.key(), 9, 3);
    List<Listing> all = List.of(first, older, second);
    assertThat(answer(store.publishAll(all, token)))
        .containsExactly(PublishResult.STORED, PublishResult.OLDER, PublishResult.STORED);
    assertThat(answer(store.find(key))).contains(listing(key, 5, 20));
    for (Listing stored : List.of(first, second)) {
      assertThat(answer(store.find(stored.key()))).contains(stored);
      assertThat(answer(store.history(stored.key(), 0, 10))).containsExactly(stored);
    }
    assertThat(answer(store.publishAll(all, token))).containsOnly(PublishResult.OLDER);
    assertThat(answer(store.history(first.key(), 0, 10))).hasSize(1);
    assertThat(answer(store.publishAll(List.of(), token))).isEmpty();
    long former = token;
    token = nextToken();
    publish(listing(Samples.key(), 1, 3), Optional.empty());
    assertThat(answer(store.publishAll(all, former))).containsOnly(PublishResult.FENCED);
  }

  @Test
  void everyEpochOfALongHistoryIsReadable() {
    List<Listing> published = publish(1, 150);
    assertThat(answer(store.history(key, 0, 1000))).isEqualTo(published);
    assertThat(answer(store.history(key, 70, 30))).isEqualTo(published.subList(70, 100));
    for (long e : new long[] {1, 2, 63, 64, 65, 66, 128, 129, 150}) {
      assertThat(answer(store.findEpoch(key, e))).contains(published.get((int) e - 1));
    }
    assertThat(answer(store.findEpoch(key, 151))).isEmpty();
  }

  @Test
  void theEpochAsOfAMomentIsTheNewestNotAfterIt() {
    List<Listing> published = publish(10, 100);
    assertThat(answer(store.findAsOf(key, START.plusSeconds(9)))).isEmpty();
    for (long second : new long[] {10, 11, 57, 99, 100}) {
      assertThat(answer(store.findAsOf(key, START.plusSeconds(second).plusMillis(500))))
          .contains(published.get((int) second - 10));
      assertThat(answer(store.findAsOf(key, START.plusSeconds(second))))
          .contains(published.get((int) second - 10));
    }
    assertThat(answer(store.findAsOf(key, START.plusSeconds(5000)))).contains(published.get(90));
  }

  @Test
  void whatWasPutBackIsWhatWasShownFromThenOn() {
    List<Listing> published = publish(10, 80);
    Listing back = putBack(published.get(10), 81);
    assertThat(publish(back, Optional.of(published.get(70)))).isEqualTo(PublishResult.STORED);
    assertThat(answer(store.find(key))).contains(back);
    Listing next = listing(key, 90, 20);
    publish(next, Optional.of(back));

    for (int second = 10; second <= 80; second++) {
      assertThat(answer(store.findAsOf(key, START.plusSeconds(second).plusMillis(500))))
          .contains(published.get(second - 10));
    }
    assertThat(answer(store.findAsOf(key, START.plusSeconds(81)))).contains(back);
    assertThat(answer(store.findAsOf(key, START.plusSeconds(89)))).contains(back);
    assertThat(answer(store.findAsOf(key, START.plusSeconds(90)))).contains(next);
    answer(store.prune(key, START.plusSeconds(81), 90));
    assertThat(answer(store.findEpoch(key, 81))).contains(back);
    answer(store.prune(key, START.plusSeconds(82), 90));
    assertThat(answer(store.findAsOf(key, START.plusSeconds(90)))).contains(next);
  }

  /** The content of an epoch as another one, shown from as many seconds after START. */
  private static Listing putBack(Listing old, long epoch) {
    return new Listing(
        old.key(),
        epoch,
        old.baseline(),
        old.asOf(),
        START.plusSeconds(epoch),
        old.hash(),
        old.chain(),
        old.shows(),
        old.scoreShift(),
        old.entries(),
        old.omitted());
  }

  @Test
  void prunedHistoryIsGoneAndTheRestStaysReadable() {
    List<Listing> published = publish(1, 150);
    answer(store.prune(key, START.plusSeconds(100), 150));
    assertThat(answer(store.findEpoch(key, 20))).isEmpty();
    for (long e = 100; e <= 150; e++) {
      assertThat(answer(store.findEpoch(key, e))).contains(published.get((int) e - 1));
    }
    answer(store.prune(key, START.plusSeconds(9999), 9999));
    assertThat(answer(store.findEpoch(key, 150))).contains(published.get(149));
    assertThat(answer(store.find(key))).contains(published.get(149));
    Listing next = listing(key, 151, 20);
    assertThat(publish(next, Optional.of(published.get(149)))).isEqualTo(PublishResult.STORED);
    assertThat(answer(store.findEpoch(key, 151))).contains(next);
  }

  @Test
  void whatWasTheNewestAtAnEpochIsNotPruned_howeverOldItIs() {
    List<Listing> published = publish(100, 140);
    publish(listing(key, 1000, 20), Optional.of(published.get(40)));
    answer(store.prune(key, START.plusSeconds(9999), 99));
    assertThat(answer(store.findEpoch(key, 100))).contains(published.get(0));
    answer(store.prune(key, START.plusSeconds(9999), 999));
    assertThat(answer(store.findEpoch(key, 140))).contains(published.get(40));
    assertThat(answer(store.findEpoch(key, 1000))).contains(listing(key, 1000, 20));
    answer(store.prune(key, START.plusSeconds(9999), 1000));
    assertThat(answer(store.findEpoch(key, 1000))).contains(listing(key, 1000, 20));
  }

  @Test
  void historyGoesOnAfterAPublisherThatDoesNotKnowTheEpochBefore() {
    publish(1, 3);
    Listing stranger = listing(key, 9, 20);
    assertThat(publish(listing(key, 10, 20), Optional.of(stranger)))
        .isEqualTo(PublishResult.STORED);
    assertThat(answer(store.findEpoch(key, 10))).contains(listing(key, 10, 20));
  }

  @Test
  void manyPublishersAtOnceLeaveTheNewest() {
    List<CompletionStage<PublishResult>> calls =
        LongStream.rangeClosed(1, 40)
            .map(i -> i * 7 % 41)
            .mapToObj(e -> store.publish(listing(key, e, 20), Optional.empty(), token))
            .toList();
    calls.forEach(Await::answer);
    assertThat(answer(store.find(key))).contains(listing(key, 40, 20));
  }

  @Test
  void boardsAreOneVersionedDocument() {
    long version = answer(store.boards()).version() + 2;
    assertThat(answer(store.publishBoards(Samples.boards(version), token)))
        .isEqualTo(PublishResult.STORED);
    assertThat(answer(store.boards())).isEqualTo(Samples.boards(version));
    assertThat(answer(store.boardsVersion())).isEqualTo(version);
    assertThat(answer(store.publishBoards(Samples.boards(version), token)))
        .isEqualTo(PublishResult.OLDER);
    assertThat(answer(store.publishBoards(Samples.boards(version - 1), token)))
        .isEqualTo(PublishResult.OLDER);
  }

  @Test
  void aStoreThatAnswersSaysSo() {
    assertThat(answer(store.check()).ok()).isTrue();
  }
}
