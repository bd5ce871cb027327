package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.config.Config;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often evidence is gathered, by a clock that is set: a pass takes as long as is said here. */
class ProofsTest {
  private static final String BOARDS =
      "boards: {best: {score: units, window: PT1H, slices: [[category]]}}";
  private static final int LISTINGS = 600;

  private final RankingCore core = new RankingCore(boards(), CoreLimits.DEFAULT);
  private final List<Ranked> changed = new ArrayList<>();
  private long now;
  private Duration pass = Duration.ZERO;
  private boolean inPass;

  /** Asked before a pass and after it. */
  private final Proofs proofs = new Proofs(Duration.ofSeconds(5), () -> true, this::nanos);

  private static List<Board> boards() {
    return BoardParser.parse(Config.parse(BOARDS, "test").section("boards"));
  }

  private long nanos() {
    now += inPass ? pass.toNanos() : 0;
    inPass = !inPass;
    return now;
  }

  @BeforeEach
  void theWholeShopChanged() {
    inPass = false;
    for (int i = 0; i < LISTINGS; i++) {
      Slice slice = Slice.of(Map.of("category", "c" + i));
      changed.add(core.rank(new ListingKey("best", slice)));
    }
    proofs.owe(changed);
  }

  @AfterEach
  void close() {
    core.close();
  }

  /** Listings of the pass that may be made after this much time; 0: none may. */
  private int after(Duration waited) {
    now += waited.toNanos();
    inPass = false;
    proofs.owe(changed);
    int proven = proofs.take(core, "best").size();
    inPass = false;
    return proven;
  }

  /** Passes that long until they are of one listing. */
  private void shrinkTo(Duration length) {
    pass = length;
    for (int i = 0; i < 12; i++) {
      assertThat(after(Duration.ofHours(2))).isPositive();
    }
    assertThat(after(Duration.ofHours(2))).isEqualTo(1);
  }

  @Test
  void aPassTakesAtMostOnePartIn200OfTheTime() {
    pass = Duration.ofMillis(100);
    assertThat(after(Duration.ZERO)).isEqualTo(256);
    assertThat(after(Duration.ofMillis(19_800))).isZero();
    assertThat(after(Duration.ofMillis(200))).isEqualTo(256);
  }

  @Test
  void shortPassesKeepTheBoardsDistance() {
    assertThat(after(Duration.ZERO)).isEqualTo(256);
    assertThat(after(Duration.ofMillis(4_999))).isZero();
    assertThat(after(Duration.ofMillis(1))).isEqualTo(256);
  }

  @Test
  void aLongPassIsFollowedByASmallerOneAndNotByAnHour() {
    pass = Duration.ofMillis(600);
    assertThat(after(Duration.ZERO)).isEqualTo(256);
    assertThat(after(Duration.ofSeconds(119))).isZero();
    assertThat(after(Duration.ofSeconds(1))).isEqualTo(128);
  }

  @Test
  void whereEvenASmallPassTakesMoreThanHalfASecondThereIsOneAnHour() {
    shrinkTo(Duration.ofMillis(501));
    assertThat(after(Duration.ofMinutes(59))).isZero();
    assertThat(after(Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(after(Duration.ofMinutes(59))).isZero();
  }

  @Test
  void whereASmallPassTakesHalfASecondTheShareAloneCounts() {
    shrinkTo(Duration.ofMillis(500));
    assertThat(after(Duration.ofSeconds(99))).isZero();
    assertThat(after(Duration.ofSeconds(1))).isEqualTo(1);
  }

  @Test
  void afterOneShortPassThereAreMoreAgain() {
    shrinkTo(Duration.ofMillis(501));
    pass = Duration.ofMillis(10);
    assertThat(after(Duration.ofHours(1))).isEqualTo(1);
    assertThat(after(Duration.ofSeconds(5))).isEqualTo(2);
    assertThat(after(Duration.ofSeconds(5))).isEqualTo(4);
  }
}
