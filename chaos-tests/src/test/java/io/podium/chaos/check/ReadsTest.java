package io.podium.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each checker finds what it is for, and nothing else. */
class ReadsTest {
  private static final String URL = "/v1/rankings/best?size=3";

  @Test
  void findsNothingInAGoodHistory() {
    Reads reads = new Reads(List.of(answer(0, 1, 1, 7), answer(2, 3, 1, 7), answer(4, 5, 1, 8)));
    assertThat(reads.broken()).isEmpty();
    assertThat(reads.wentBack()).isEmpty();
    assertThat(reads.twoContents()).isEmpty();
    assertThat(reads.byStatus()).containsEntry(200, 3);
  }

  @Test
  void findsAnAnswerOlderThanTheOneBefore() {
    assertThat(new Reads(List.of(answer(0, 1, 1, 8), answer(2, 3, 1, 7))).wentBack()).hasSize(1);
  }

  @Test
  void ofAnswersOnTheWayTogetherEitherMayComeFirst() {
    assertThat(new Reads(List.of(answer(0, 5, 1, 8), answer(1, 3, 1, 7))).wentBack()).isEmpty();
  }

  @Test
  void anotherClientOrNodeMayBeBehind() {
    Answer elsewhere = at("other", answer(2, 3, 1, 7));
    Reads reads = new Reads(List.of(answer(0, 1, 1, 8), answer(2, 3, 2, 7), elsewhere));
    assertThat(reads.wentBack()).isEmpty();
  }

  @Test
  void findsPagesWithAHoleOrTooFew() {
    Answer hole = withPage(answer(0, 1, 1, 7), page(7, "h", 5, List.of(1, 3, 4)));
    Answer few = withPage(answer(0, 1, 1, 7), page(7, "h", 5, List.of(1, 2)));
    Answer wrong = withPage(answer(0, 1, 1, 7), wrongCard());
    Answer none = withPage(answer(0, 1, 1, 7), null);
    assertThat(new Reads(List.of(hole, few, wrong, none)).broken()).hasSize(4);
  }

  @Test
  void findsTwoContentsOfOneEpochOnTwoNodes() {
    Answer other = at("other", withPage(answer(0, 1, 1, 7), page(7, "else", 3, List.of(1, 2, 3))));
    assertThat(new Reads(List.of(answer(0, 1, 1, 7), other)).twoContents()).hasSize(1);
  }

  @Test
  void findsAWalkThroughTwoEpochs() {
    Answer.Page first = page(7, "h", 5, List.of(1, 2, 3));
    assertThat(new Walk(List.of(first, page(7, "h", 5, List.of(4, 5))), 3, true).fault())
        .contains("two pages"); // both have P1 and P2
    assertThat(new Walk(List.of(first, other(8, List.of(4, 5))), 3, true).fault())
        .contains("epochs");
    assertThat(new Walk(List.of(first, other(7, List.of(4, 5))), 3, true).fault()).isEmpty();
    assertThat(new Walk(List.of(first), 3, true).fault()).contains("3 of 5");
    assertThat(new Walk(List.of(first), 3, false).fault()).isEmpty();
  }

  @Test
  void theTimelineHasAPercentileOfEverySecond() {
    History history = new History();
    long second = 1_000_000_000L;
    for (int i = 0; i < 100; i++) {
      long due = 5 * second + i * 1_000L;
      history.add(answer(due, due + (i + 1) * 1_000_000L, 1, 7));
    }
    Timeline.Point point = Timeline.of(history).get(0);
    assertThat(point.second()).isEqualTo(5);
    assertThat(point.p50Millis()).isEqualTo(50);
    assertThat(point.p99Millis()).isEqualTo(99);
    assertThat(point.tiers()).containsEntry("hot", 100);
  }

  private static Answer answer(long sent, long received, int client, long epoch) {
    Answer.Page page = page(epoch, "hash of " + epoch, 3, List.of(1, 2, 3));
    return new Answer(sent, sent, received, client, "one", URL, 200, "hot", false, page);
  }

  private static Answer at(String node, Answer a) {
    return new Answer(
        a.dueNanos(),
        a.sentNanos(),
        a.receivedNanos(),
        a.client(),
        node,
        URL,
        200,
        "hot",
        false,
        a.page());
  }

  private static Answer withPage(Answer a, Answer.@Nullable Page page) {
    return new Answer(
        a.dueNanos(),
        a.sentNanos(),
        a.receivedNanos(),
        a.client(),
        a.node(),
        URL,
        200,
        "hot",
        false,
        page);
  }

  private static Answer.Page page(long epoch, String hash, int total, List<Integer> ranks) {
    List<String> ids = IntStream.rangeClosed(1, ranks.size()).mapToObj(i -> "P" + i).toList();
    return new Answer.Page(epoch, hash, 0, total, ranks, ids, "");
  }

  private static Answer.Page wrongCard() {
    List<String> ids = List.of("P1", "P2", "P3");
    return new Answer.Page(7, "h", 0, 3, List.of(1, 2, 3), ids, "P1 is shown as another");
  }

  private static Answer.Page other(long epoch, List<Integer> ranks) {
    List<String> ids = ranks.stream().map(r -> "Q" + r).toList();
    return new Answer.Page(epoch, "h", 0, 5, ranks, ids, "");
  }
}
