package io.podium.store;

import static io.podium.store.Await.answer;
import static io.podium.store.Samples.card;
import static io.podium.store.Samples.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.card.Card;
import io.podium.card.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link CardStore}, on every backend. */
@ParameterizedClass(name = "{0}")
@MethodSource("tiers")
class CardStoreTest {
  private final CardStore store;
  private final String id = "상품-" + UUID.randomUUID();

  CardStoreTest(TestTier tier) {
    this.store = tier.cards();
  }

  static Stream<TestTier> tiers() {
    return TestTier.all();
  }

  private Card stored() {
    return Objects.requireNonNull(answer(store.find(List.of(id))).get(id));
  }

  @Test
  void membersSurviveAsTheyWereWritten() {
    Card card =
        Card.of(
            id,
            Map.of(
                "name", new Member(stamp(1), "\"수분 크림 \\uD83D\\uDC84\""),
                "price", new Member(stamp(2), "12900.00"),
                "badges", new Member(stamp(3), "[{\"kind\":\"new\"},null]"),
                "gone", new Member(stamp(4), null)));
    assertThat(answer(store.merge(List.of(card)))).containsExactly(id);
    assertThat(stored()).isEqualTo(card);
    assertThat(answer(store.find(List.of(id, "nobody")))).containsOnlyKeys(id);
  }

  @Test
  void repeatingAMergeChangesNothing() {
    Card change = card(id, "stock", "3", 1);
    assertThat(answer(store.merge(List.of(change)))).containsExactly(id);
    assertThat(answer(store.merge(List.of(change)))).isEmpty();
    assertThat(answer(store.merge(List.of(card(id, "stock", "9", 0))))).isEmpty();
    assertThat(stored()).isEqualTo(change);
  }

  @Test
  void whatALaterVersionKeepsInACardSurvivesTheMergesOfThisOne() {
    TreeMap<String, String> unknown = new TreeMap<>(Map.of("later", StoredBytes.LATER));
    Card before = card(id, "stock", "3", 1);
    Card later = new Card(id, before.members(), null, unknown);
    answer(store.merge(List.of(later)));
    assertThat(stored()).isEqualTo(later);
    assertThat(answer(store.merge(List.of(card(id, "stock", "9", 2))))).containsExactly(id);
    assertThat(stored().json("stock")).isEqualTo("9");
    assertThat(stored().unknown()).isEqualTo(unknown);
    answer(store.merge(List.of(Card.removal(id, stamp(3)))));
    assertThat(stored().isRemoved()).isTrue();
    assertThat(stored().unknown()).isEqualTo(unknown);
    assertThat(answer(store.merge(List.of(later)))).isEmpty();
  }

  @Test
  void theNewestMemberWinsInWhateverOrder() {
    List<Card> changes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      changes.add(card(id, "stock", Integer.toString(i), i));
      changes.add(card(id, "price", Integer.toString(i), 100 - i));
    }
    changes.add(Card.removal(id, stamp(10)));
    Collections.shuffle(changes, new Random(7));
    changes.forEach(c -> answer(store.merge(List.of(c))));
    Card expected = changes.stream().reduce(Card::merge).orElseThrow();
    assertThat(stored()).isEqualTo(expected);
    assertThat(stored().json("stock")).isEqualTo("19");
  }

  @Test
  void aRemovalDiscardsOlderMembersAndANewerOneBringsTheCardBack() {
    answer(store.merge(List.of(card(id, "name", "\"a\"", 1))));
    answer(store.merge(List.of(Card.removal(id, stamp(2)))));
    assertThat(stored().isRemoved()).isTrue();
    answer(store.merge(List.of(card(id, "price", "5", 3))));
    assertThat(stored().members()).containsOnlyKeys("price");
  }

  @Test
  void concurrentMergesLoseNothing() {
    List<CompletionStage<List<String>>> calls =
        IntStream.range(0, 10)
            .mapToObj(i -> store.merge(List.of(card(id, "m" + i, "1", i))))
            .toList();
    calls.forEach(Await::answer);
    assertThat(stored().members()).hasSize(10);
  }

  @Test
  void aLargeBatchIsStoredWhole() {
    List<Card> cards =
        IntStream.range(0, 1200).mapToObj(i -> card(id + "-" + i, "price", "1", 1)).toList();
    List<String> ids = cards.stream().map(Card::productId).toList();
    assertThat(answer(store.merge(cards))).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(answer(store.find(ids))).hasSize(1200);
    assertThat(answer(store.merge(cards))).isEmpty();
  }

  @Test
  void scanningGoesThroughAllCardsInIdOrder() {
    List<String> ids = IntStream.range(0, 7).mapToObj(i -> id + "-" + i).toList();
    answer(store.merge(ids.stream().map(i -> card(i, "price", "1", 1)).toList()));
    List<String> scanned = new ArrayList<>();
    String after = id;
    while (true) {
      Optional<List<Card>> page = answer(store.scan(after, 3));
      if (page.isEmpty()) {
        return;
      }
      List<String> own =
          page.get().stream().map(Card::productId).filter(i -> i.startsWith(id)).toList();
      scanned.addAll(own);
      if (own.isEmpty()) {
        break;
      }
      after = own.get(own.size() - 1);
    }
    assertThat(scanned).isEqualTo(ids);
  }
}
