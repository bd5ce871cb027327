package io.podium.store;

import static io.podium.store.Await.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.Announcement;
import io.podium.announce.Announcement.BoardCurrent;
import io.podium.announce.Announcement.BoardsChanged;
import io.podium.announce.Announcement.CardChanged;
import io.podium.announce.Announcement.ListingChanged;
import io.podium.announce.AnnouncementLog;
import io.podium.announce.AnnouncementLog.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link AnnouncementLog}, on every backend that carries one. */
@ParameterizedClass(name = "{0}")
@MethodSource("tiers")
class AnnouncementLogTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final AnnouncementLog log;

  AnnouncementLogTest(TestTier tier) {
    this.log = tier.announcements();
  }

  static Stream<TestTier> tiers() {
    return TestTier.withAnnouncements();
  }

  @Test
  void everyKindComesBackInOrder() {
    String start = answer(log.end());
    List<Announcement> all =
        List.of(
            new ListingChanged(Samples.key(), 1_763_800_000_000L),
            new CardChanged("상품 1"),
            new BoardsChanged(7),
            new BoardCurrent("best-sellers", Samples.START));
    answer(log.append(all));
    Batch batch = answer(log.read(start, 100, LONG));
    assertThat(batch).isEqualTo(new Batch(all, answer(log.end()), false));
  }

  @Test
  void readingGoesOnWhereTheBatchEnded() {
    String position = answer(log.end());
    List<Announcement> all =
        IntStream.range(0, 600).<Announcement>mapToObj(i -> new CardChanged("P" + i)).toList();
    answer(log.append(all));
    List<Announcement> read = new ArrayList<>();
    while (read.size() < all.size()) {
      Batch batch = answer(log.read(position, 250, LONG));
      assertThat(batch.announcements()).isNotEmpty().hasSizeLessThanOrEqualTo(250);
      read.addAll(batch.announcements());
      position = batch.position();
    }
    assertThat(read).isEqualTo(all);
  }

  @Test
  void withoutNewsTheSamePositionComesBack() {
    String end = answer(log.end());
    assertThat(answer(log.read(end, 10, Duration.ofMillis(20))))
        .isEqualTo(new Batch(List.of(), end, false));
    assertThat(answer(log.read(end, 10, Duration.ZERO)))
        .isEqualTo(new Batch(List.of(), end, false));
  }

  @Test
  void aWaitingReaderHearsOfAnAnnouncementAtOnce() {
    String end = answer(log.end());
    CompletionStage<Batch> waiting = log.read(end, 10, LONG);
    answer(log.append(List.of(new CardChanged("P1"))));
    assertThat(answer(waiting).announcements()).containsExactly(new CardChanged("P1"));
  }

  @Test
  void aPositionOfAnotherLogIsAGap() {
    for (String position : List.of("", "1-1", "99999999999999", "훗")) {
      Batch batch = answer(log.read(position, 10, Duration.ZERO));
      assertThat(batch).isEqualTo(new Batch(List.of(), answer(log.end()), true));
    }
  }
}
